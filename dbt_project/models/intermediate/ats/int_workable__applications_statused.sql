{{ config(materialized='table') }}

with candidates as (

    select *
    from {{ ref('int_workable__candidates_joined') }}
    where job_key is not null

),

entries as (

    select * from {{ ref('int_workable__stage_entries_ordered') }}

),

activities as (

    select
        application_key,
        activity_type,
        action_stage_name,
        occurred_at,
        id_order
    from {{ ref('int_workable__activities_classified') }}
    where application_key is not null and activity_type in ('disqualification', 'copy')

),

reasons as (

    select
        account,
        lower(trim(description)) as description,
        max(disqualification_reason_key) as disqualification_reason_key,
        bool_or(is_withdrawal) as is_withdrawal
    from {{ ref('stg_workable__disqualification_reasons') }}
    group by account, lower(trim(description))
    having count(*) = 1

),

stages as (

    select * from {{ ref('int_workable__candidate_stages_matched') }}

),

milestones as (

    select
        application_key,
        max(case when to_stage_kind = 'hired' then occurred_at end) as last_hired_at,
        max(case when to_stage_kind = 'hired' then entry_number end) as last_hired_entry,
        min(case when to_stage_kind = 'offer' then occurred_at end) as first_offer_at
    from entries
    group by application_key

),

left_hired as (

    select
        entries.application_key,
        min(entries.occurred_at) as occurred_at
    from entries
    inner join milestones
        on
            entries.application_key = milestones.application_key
            and entries.entry_number > milestones.last_hired_entry
    group by entries.application_key

),

disqualifications as (

    select
        *,
        row_number() over (
            partition by application_key order by occurred_at desc, id_order desc
        ) as recency
    from activities
    where activity_type = 'disqualification'

),

disqualified_hires as (

    select
        disqualifications.application_key,
        min(disqualifications.occurred_at) as occurred_at
    from disqualifications
    inner join milestones
        on
            disqualifications.application_key = milestones.application_key
            and disqualifications.occurred_at >= milestones.last_hired_at
    group by disqualifications.application_key

),

copies as (

    select distinct application_key
    from activities
    where activity_type = 'copy'

),

judged as (

    select
        candidates.*,
        reasons.disqualification_reason_key,
        stages.stage_key as current_stage_key,
        stages.stage_name as current_stage_name,
        milestones.last_hired_at,
        milestones.first_offer_at,
        coalesce(candidates.stage_kind, stages.kind) as current_stage_kind,
        coalesce(candidates.reporting_stage, stages.reporting_stage) as current_reporting_stage,
        coalesce(candidates.is_disqualified and candidates.has_withdrawn, false)
        or coalesce(candidates.is_disqualified and reasons.is_withdrawal, false) as is_withdrawn,
        last_disqualification.occurred_at as last_disqualification_at,
        last_disqualification.action_stage_name as last_disqualification_stage_name,
        left_hired.occurred_at as left_hired_at,
        disqualified_hires.occurred_at as hire_disqualified_at,
        copies.application_key is not null
        or lower(candidates.source_name) like 'copied from%' as is_copy
    from candidates
    left join reasons
        on
            candidates.account = reasons.account
            and lower(trim(candidates.disqualification_reason)) = reasons.description
            and candidates.is_disqualified
    left join stages on candidates.candidate_key = stages.candidate_key
    left join milestones on candidates.candidate_key = milestones.application_key
    left join left_hired on candidates.candidate_key = left_hired.application_key
    left join disqualified_hires on candidates.candidate_key = disqualified_hires.application_key
    left join disqualifications as last_disqualification
        on
            candidates.candidate_key = last_disqualification.application_key
            and last_disqualification.recency = 1
    left join copies on candidates.candidate_key = copies.application_key

),

statused as (

    select
        *,
        case
            when is_withdrawn then 'withdrawn'
            when is_disqualified then 'rejected'
            when current_stage_kind = 'hired' then 'hired'
            else 'active'
        end as status
    from judged

),

final as (

    select
        account,
        candidate_key as application_key,
        candidate_key,
        candidate_id,
        job_key,
        originating_candidate_id,
        is_copy,
        {{ normalised_email('email') }} as email_normalized,
        current_stage_key,
        current_stage_name,
        current_stage_kind,
        stage_kind_raw as current_stage_kind_raw,
        current_reporting_stage,
        status,
        case when is_disqualified then 'disqualified' else stage_kind_raw end as status_raw,
        created_at as applied_at,
        is_sourced,
        source_name,
        source_category_raw,
        source_domain,
        source_outlet,
        coalesce(moved_to_offer_at, first_offer_at) as moved_to_offer_at,
        case
            when moved_to_offer_at is not null then 'source'
            when first_offer_at is not null then 'observed'
        end as moved_to_offer_at_basis,
        case when status = 'hired' then coalesce(last_hired_at, hired_at) end as hired_at,
        case
            when status <> 'hired' then null
            when last_hired_at is not null then 'observed'
            when hired_at is not null then 'source'
        end as hired_at_basis,
        status = 'hired' or last_hired_at is not null or hired_at is not null as was_hired,
        case
            when status <> 'hired' and (last_hired_at is not null or hired_at is not null)
                then coalesce(
                    least(left_hired_at, hire_disqualified_at),
                    case when last_hired_at is null and is_disqualified then disqualified_at end
                )
        end as hire_undone_at,
        is_disqualified,
        case
            when not is_disqualified then null
            when is_detail_current then coalesce(disqualified_at, last_disqualification_at)
            else coalesce(last_disqualification_at, disqualified_at)
        end as disqualified_at,
        disqualification_reason_key,
        case when is_disqualified then disqualification_reason end as disqualification_reason_raw,
        case
            when status = 'withdrawn' then 'withdrew' when status = 'rejected' then 'rejected'
        end as disqualification_type,
        case
            when is_disqualified then coalesce(last_disqualification_stage_name, current_stage_name)
        end as disqualified_stage_name,
        is_anonymized,
        is_sample,
        created_at,
        updated_at,
        synced_at,
        is_deleted,
        deleted_at
    from statused

)

select * from final

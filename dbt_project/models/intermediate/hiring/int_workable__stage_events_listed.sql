with applications as (

    select * from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }}

),

transitions as (

    select * from {{ ref('ats_stage_transitions') }}

),

activities as (

    select * from {{ ref('ats_activities') }}
    where application_key is not null

),

reasons as (

    select
        account,
        lower(trim(description)) as description,
        bool_and(is_withdrawal) as is_withdrawal
    from {{ ref('ats_disqualification_reasons') }}
    group by account, lower(trim(description))

),

stand_ins as (

    select * from {{ ref('int_workable__stage_stand_ins') }}

),

jobs_before as (

    select * from {{ ref('int_workable__activity_jobs_found') }}

),

-- What opens and what closes an interval.
seen as (

    select
        activities.application_key,
        coalesce(jobs_before.job_key, activities.job_key) as job_key,
        activities.occurred_at,
        {{ hex_order('activities.activity_id') }} as id_order,
        case
            when transitions.activity_key is not null then 'entry' else activities.activity_type
        end as event_type,
        transitions.to_stage_key as stage_key,
        transitions.to_stage_name as stage_name,
        transitions.to_stage_kind as stage_kind,
        transitions.reporting_stage,
        transitions.to_stage_position as stage_position,
        'observed' as basis,
        coalesce(reasons.is_withdrawal, false) as is_withdrawal
    from activities
    left join transitions on activities.activity_key = transitions.activity_key
    left join jobs_before on activities.activity_key = jobs_before.activity_key
    left join reasons
        on
            activities.account = reasons.account
            and lower(trim(activities.body)) = reasons.description
    where
        transitions.activity_key is not null
        or activities.activity_type in ('disqualification', 'reversal')

),

last_seen as (

    select
        application_key,
        event_type,
        row_number() over (
            partition by application_key order by occurred_at desc, id_order desc
        ) as recency
    from seen

),

-- Where activities are missing, or end with a disqualification that is not there any more, what
-- else is known of the stage stands in.
final as (

    select * from seen
    union all
    select
        applications.application_key,
        applications.job_key,
        case when last_seen.application_key is null then stand_ins.entered_at end as occurred_at,
        '' as id_order,
        'entry' as event_type,
        stand_ins.stage_key,
        stand_ins.stage_name,
        stand_ins.stage_kind,
        stand_ins.reporting_stage,
        stand_ins.stage_position,
        case when last_seen.application_key is null then stand_ins.basis else 'source' end as basis,
        false as is_withdrawal
    from applications
    inner join stand_ins on applications.application_key = stand_ins.application_key
    left join last_seen
        on applications.application_key = last_seen.application_key and last_seen.recency = 1
    where
        last_seen.application_key is null
        or (applications.is_open and last_seen.event_type = 'disqualification')

)

select * from final

with events as (

    select * from {{ ref('int_workable__stage_events_listed') }}

),

applications as (

    select * from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }}

),

reporting_stages as (

    select * from {{ ref('int_workable__reporting_stages_listed') }}

),

numbered as (

    select
        *,
        lag(event_type) over (
            partition by application_key order by occurred_at nulls last, id_order
        ) as event_before,
        sum(case when event_type = 'entry' then 1 else 0 end) over (
            partition by application_key order by occurred_at nulls last, id_order
        ) as entry_ordinal
    from events

),

-- A reversal of nothing changes nothing; a true one opens an interval in the stage of the entry.
followed as (

    select
        application_key,
        job_key as stay_job_key,
        occurred_at as entered_at,
        entry_ordinal,
        event_type,
        basis,
        max(stage_key) over (partition by application_key, entry_ordinal) as stage_key,
        max(stage_name) over (partition by application_key, entry_ordinal) as stage_name,
        max(stage_kind) over (partition by application_key, entry_ordinal) as stage_kind,
        max(reporting_stage) over (partition by application_key, entry_ordinal) as reporting_stage,
        max(stage_position) over (partition by application_key, entry_ordinal) as stage_position,
        lead(occurred_at) over follows as next_at,
        lead(event_type) over follows as next_type,
        lead(job_key) over follows as next_job_key,
        lead(stage_kind) over follows as next_kind,
        lead(stage_position) over follows as next_position,
        lead(reporting_stage) over follows as next_reporting_stage,
        lead(is_withdrawal) over follows as is_next_withdrawal,
        lead(event_type, 2) over follows is null as is_next_last
    from numbered
    where event_type <> 'reversal' or coalesce(event_before, '') = 'disqualification'
    window follows as (partition by application_key order by occurred_at nulls last, id_order)

),

placed as (

    select
        followed.*,
        applications.account,
        applications.job_key,
        applications.is_open,
        applications.status,
        applications.disqualification_type,
        applications.is_deleted,
        applications.is_sample,
        reporting_stages.reporting_stage_position,
        case
            when followed.next_type is not null then followed.next_at
            when applications.status = 'hired' and followed.stage_kind = 'hired'
                then followed.entered_at
            when applications.status = 'hired' then applications.hired_at
            when applications.disqualification_type is not null then applications.disqualified_at
            when applications.is_deleted then applications.deleted_at
        end as left_at,
        case
            when followed.next_kind = 'hired' then true
            else coalesce(
                followed.next_position > followed.stage_position,
                next_stages.reporting_stage_position > reporting_stages.reporting_stage_position
            )
        end as is_next_later
    from followed
    inner join applications on followed.application_key = applications.application_key
    left join reporting_stages on followed.reporting_stage = reporting_stages.reporting_stage
    left join reporting_stages as next_stages
        on followed.next_reporting_stage = next_stages.reporting_stage
    where followed.entry_ordinal > 0 and followed.event_type <> 'disqualification'

),

final as (

    select
        account,
        application_key,
        job_key,
        stay_job_key,
        entry_ordinal,
        event_type,
        stage_key,
        stage_name,
        stage_kind,
        reporting_stage,
        reporting_stage_position,
        entered_at,
        basis,
        is_sample,
        is_deleted,
        case
            when next_type = 'entry' and is_next_later then 'advanced'
            when next_type = 'entry' and not is_next_later then 'moved_back'
            when next_type = 'entry' then null
            when next_type = 'disqualification' and is_next_last and status = 'rejected'
                then 'disqualified'
            when next_type = 'disqualification' and is_next_last and status = 'withdrawn'
                then 'withdrew'
            when next_type = 'disqualification'
                then case when is_next_withdrawal then 'withdrew' else 'disqualified' end
            when status = 'hired' and stage_kind = 'hired' then 'hired'
            when status = 'hired' then 'advanced'
            when status = 'withdrawn' then 'withdrew'
            when status = 'rejected' then 'disqualified'
            when is_deleted then 'deleted'
            when is_open then 'still_here'
            else 'job_archived'
        end as exit,
        coalesce(next_job_key <> stay_job_key, false) as is_ended_by_relocation,
        case when left_at is not null then greatest(left_at, entered_at) end as exited_at,
        dense_rank() over (
            partition by application_key, coalesce(stage_key, stage_name) order by entry_ordinal
        ) as visit_number
    from placed

)

select * from final

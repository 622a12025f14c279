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

reporting_stages as (

    select * from {{ ref('int_workable__reporting_stages_listed') }}

),

archivals as (

    select * from {{ ref('int_workable__job_archivals_listed') }}

),

-- What opens and what closes an interval.
seen as (

    select
        activities.application_key,
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
events as (

    select * from seen
    union all
    select
        applications.application_key,
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

ended as (

    select
        *,
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
        case when left_at is not null then greatest(left_at, entered_at) end as exited_at,
        dense_rank() over (
            partition by application_key, coalesce(stage_key, stage_name) order by entry_ordinal
        ) as visit_number
    from placed

),

-- A job that was archived and opened again parts a visit.
begun as (

    select
        ended.*,
        ended.entered_at as begun_at
    from ended
    union all
    select
        ended.*,
        archivals.reopened_at as begun_at
    from ended
    inner join archivals
        on
            ended.job_key = archivals.job_key
            and ended.entered_at < archivals.reopened_at
            and (ended.exited_at is null or ended.exited_at > archivals.reopened_at)

),

archived as (

    select
        begun.*,
        (
            select min(archivals.archived_at)
            from archivals
            where
                archivals.job_key = begun.job_key
                and archivals.archived_at >= begun.begun_at
                and (begun.exited_at is null or archivals.archived_at < begun.exited_at)
        ) as archived_at,
        case when begun.exit = 'job_archived' then (
            select max(archivals.archived_at)
            from archivals
            where archivals.job_key = begun.job_key and archivals.reopened_at is null
        ) end as last_archived_at
    from begun

),

closed as (

    select
        archived.*,
        case
            when archived.archived_at is not null then 'job_archived' else archived.exit
        end as closed_by,
        case
            when archived.archived_at is not null then archived.archived_at
            when
                archived.last_archived_at is not null
                then greatest(archived.last_archived_at, archived.begun_at)
            else archived.exited_at
        end as closed_at
    from archived

),

timed as (

    select
        closed.*,
        row_number() over (
            partition by closed.application_key
            order by closed.begun_at nulls last, closed.entry_ordinal, closed.event_type
        ) as interval_number,
        case
            when closed.closed_by = 'still_here' then {{ hours_between('begun_at', as_of()) }}
            else {{ hours_between('begun_at', 'closed_at') }}
        end as hours_in_stage,
        case
            when closed.closed_by = 'still_here' then {{ as_of() }} else closed.closed_at
        end as counted_until
    from closed

),

final as (

    select
        account,
        application_key || ':' || interval_number as stage_interval_key,
        application_key,
        job_key,
        cast(interval_number as integer) as interval_number,
        stage_key,
        stage_name,
        stage_kind,
        reporting_stage,
        cast(reporting_stage_position as integer) as reporting_stage_position,
        cast(visit_number as integer) as visit_number,
        begun_at as entered_at,
        closed_at as exited_at,
        hours_in_stage,
        cast(sum(hours_in_stage) over visits as double precision) as hours_in_visit,
        {{ hours_between('min(begun_at) over visits', 'max(counted_until) over visits') }}
            as elapsed_hours_in_visit,
        closed_by as exit,
        basis,
        is_sample,
        is_deleted
    from timed
    window visits as (
        partition by application_key, coalesce(stage_key, stage_name), visit_number
    )

)

select * from final

with stays as (

    select * from {{ ref('int_workable__stage_stays_ended') }}

),

archivals as (

    select * from {{ ref('int_workable__job_archivals_listed') }}

),

-- Archived before anybody saw it, so before whoever was seen to be deleted or relocated since.
archived_before as (

    select
        job_key,
        seen_from,
        seen_until
    from {{ ref('int_workable__job_states_seen') }}
    where status = 'archived' and status_before is null

),

-- A job that was archived and opened again parts a visit.
begun as (

    select
        stays.*,
        stays.entered_at as begun_at
    from stays
    union all
    select
        stays.*,
        archivals.reopened_at as begun_at
    from stays
    inner join archivals
        on
            stays.stay_job_key = archivals.job_key
            and stays.entered_at < archivals.reopened_at
            and (stays.exited_at is null or stays.exited_at > archivals.reopened_at)

),

archived as (

    select
        begun.*,
        (
            select min(archivals.archived_at)
            from archivals
            where
                archivals.job_key = begun.stay_job_key
                and archivals.archived_at >= begun.begun_at
                and (begun.exited_at is null or archivals.archived_at < begun.exited_at)
        ) as archived_at,
        case when begun.exit = 'job_archived' then (
            select max(archivals.archived_at)
            from archivals
            where archivals.job_key = begun.stay_job_key and archivals.reopened_at is null
        ) end as last_archived_at,
        coalesce(begun.exit = 'deleted' or begun.is_ended_by_relocation, false)
        and archived_before.job_key is not null as is_archived_before
    from begun
    left join archived_before
        on
            begun.stay_job_key = archived_before.job_key
            and begun.exited_at >= archived_before.seen_from
            and (
                archived_before.seen_until is null
                or begun.exited_at < archived_before.seen_until
            )

),

closed as (

    select
        archived.*,
        case
            when archived.archived_at is not null or archived.is_archived_before
                then 'job_archived'
            else archived.exit
        end as closed_by,
        case
            when archived.archived_at is not null then archived.archived_at
            when
                archived.last_archived_at is not null
                then greatest(archived.last_archived_at, archived.begun_at)
            when not archived.is_archived_before then archived.exited_at
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

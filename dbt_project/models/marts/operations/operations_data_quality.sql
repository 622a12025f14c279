{%- set nothing = 'cast(null as ' ~ dbt.type_string() ~ ')' -%}
{%- set never = 'cast(null as ' ~ dbt.type_timestamp() ~ ')' -%}
{%- set unknown = 'cast(null as double precision)' -%}
with quarantine as (

    select * from {{ ref('stg_workable__quarantine') }}
    where resolved_at is null

),

orphans as (

    select * from {{ ref('int_workable__quality_orphans') }}

),

unmapped as (

    select * from {{ ref('int_workable__quality_unmapped') }}

),

people as (

    select * from {{ ref('int_workable__quality_people') }}

),

freshness as (

    select * from {{ ref('int_workable__quality_freshness') }}

),

applications as (

    select * from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }} and not is_deleted

),

intervals as (

    select
        *,
        row_number() over (partition by application_key order by interval_number desc) as place
    from {{ ref('hiring_stage_intervals') }}

),

requests as (

    select * from {{ ref('hris_timeoff_requests') }}
    where not is_deleted

),

-- What the stages' history says of now, and what the application says.
mismatches as (

    select
        applications.account,
        applications.application_key
    from applications
    inner join intervals
        on applications.application_key = intervals.application_key and intervals.place = 1
    where
        case
            when applications.current_stage_key is not null and intervals.stage_key is not null
                then applications.current_stage_key <> intervals.stage_key
            else applications.current_stage_name <> intervals.stage_name
        end

),

dateless as (

    select
        account,
        timeoff_request_key,
        employee_key
    from requests
    where
        amount is null
        or not coalesce(
            {{ days_between('start_date', 'end_date') }} between 0 and 3660, false
        )

),

findings as (

    select
        account,
        'quarantined' as check_name,
        resource as subject,
        record_id as record,
        {{ nothing }} as application_key,
        {{ nothing }} as employee_key,
        1 as affected_rows,
        reason as detail,
        last_seen_at as seen_at,
        {{ unknown }} as hours_since_sync,
        true as is_problem
    from quarantine
    union all
    select
        account,
        'orphan' as check_name,
        subject,
        missing_key as record,
        case when parent_column = 'application_key' then missing_key end as application_key,
        case when parent_column = 'employee_key' then missing_key end as employee_key,
        affected_rows,
        {{ nothing }} as detail,
        {{ never }} as seen_at,
        {{ unknown }} as hours_since_sync,
        true as is_problem
    from orphans
    union all
    select
        account,
        'unmapped' as check_name,
        subject,
        raw_value as record,
        {{ nothing }} as application_key,
        {{ nothing }} as employee_key,
        affected_rows,
        {{ nothing }} as detail,
        {{ never }} as seen_at,
        {{ unknown }} as hours_since_sync,
        true as is_problem
    from unmapped
    union all
    select
        account,
        'stage_mismatch' as check_name,
        'ats_applications.current_stage_key' as subject,
        application_key as record,
        application_key,
        {{ nothing }} as employee_key,
        1 as affected_rows,
        {{ nothing }} as detail,
        {{ never }} as seen_at,
        {{ unknown }} as hours_since_sync,
        true as is_problem
    from mismatches
    union all
    select
        account,
        check_name,
        'hris_employees' as subject,
        employee_key as record,
        {{ nothing }} as application_key,
        employee_key,
        1 as affected_rows,
        reason as detail,
        seen_at,
        {{ unknown }} as hours_since_sync,
        true as is_problem
    from people
    union all
    select
        account,
        'without_days' as check_name,
        'hris_timeoff_requests' as subject,
        timeoff_request_key as record,
        {{ nothing }} as application_key,
        employee_key,
        1 as affected_rows,
        {{ nothing }} as detail,
        {{ never }} as seen_at,
        {{ unknown }} as hours_since_sync,
        true as is_problem
    from dateless
    union all
    select
        account,
        'freshness' as check_name,
        resource as subject,
        resource as record,
        {{ nothing }} as application_key,
        {{ nothing }} as employee_key,
        1 as affected_rows,
        status as detail,
        synced_at as seen_at,
        hours_since_sync,
        is_stale as is_problem
    from freshness

),

final as (

    select
        account,
        account || ':' || check_name || ':' || subject || ':' || coalesce(record, 'none')
            as finding_key,
        check_name,
        subject,
        record,
        application_key,
        employee_key,
        cast(affected_rows as integer) as affected_rows,
        detail,
        seen_at,
        hours_since_sync,
        is_problem
    from findings

)

select * from final

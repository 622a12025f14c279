{%- set months_of_days = 13 -%}

with intervals as (

    select * from {{ ref('hiring_stage_intervals') }}

),

-- Who stands in a stage since nobody knows when, does so today. Of whose job was archived nobody
-- knows when, no day can be told.
spans as (

    select
        account,
        job_key,
        reporting_stage,
        reporting_stage_position,
        {{ local_date('exited_at') }} as left_day,
        case
            when entered_at is null then {{ today() }} else {{ local_date('entered_at') }}
        end as first_day
    from intervals
    where exit = 'still_here' or (entered_at is not null and exited_at is not null)

),

-- In the stage at the end of the first day, not any more at the end of the day on which it left.
changes as (

    select
        account,
        job_key,
        reporting_stage,
        reporting_stage_position,
        first_day as day,
        1 as change
    from spans
    union all
    select
        account,
        job_key,
        reporting_stage,
        reporting_stage_position,
        left_day as day,
        -1 as change
    from spans
    where left_day is not null

),

by_day as (

    select
        account,
        job_key,
        reporting_stage,
        reporting_stage_position,
        day,
        sum(change) as change
    from changes
    group by account, job_key, reporting_stage, reporting_stage_position, day

),

-- So many applications are in the stage from this day to the day before the next change.
levels as (

    select
        account,
        job_key,
        reporting_stage,
        reporting_stage_position,
        day as since_day,
        lead(day) over by_stage as until_day,
        sum(change) over by_stage as applications
    from by_day
    window by_stage as (partition by job_key, reporting_stage order by day)

),

days as (

    select
        account,
        job_key,
        reporting_stage,
        reporting_stage_position,
        applications,
        {{ each_day('since_day', "coalesce(" ~ add_days('until_day', -1) ~ ", " ~ today() ~ ")") }}
            as day
    from levels
    where applications > 0

),

dated as (

    select
        *,
        case
            when day >= cast({{ dbt.dateadd('month', -months_of_days, today()) }} as date)
                then 'day'
            when day = {{ add_days(dbt.date_trunc('week', 'day'), 6) }} then 'week'
        end as period
    from days

),

final as (

    select
        account,
        job_key || ':' || coalesce(reporting_stage, 'none')
        || ':' || cast(day as {{ dbt.type_string() }}) as pipeline_daily_key,
        day,
        period,
        job_key,
        reporting_stage,
        reporting_stage_position,
        cast(applications as integer) as applications
    from dated
    where period is not null

)

select * from final

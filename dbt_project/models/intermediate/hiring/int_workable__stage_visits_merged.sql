with intervals as (

    select * from {{ ref('hiring_stage_intervals') }}

),

marked as (

    select
        *,
        case
            when reporting_stage = lag(reporting_stage) over (
                partition by application_key order by interval_number
            ) then 0
            else 1
        end as is_new
    from intervals

),

grouped as (

    select
        *,
        sum(is_new) over (partition by application_key order by interval_number) as merged_number,
        lead(is_new) over (partition by application_key order by interval_number) as is_next_new
    from marked

),

-- Two interview rounds are one time in the reporting stage Interview; how its last interval ended
-- is how it ended.
final as (

    select
        application_key,
        job_key,
        reporting_stage,
        reporting_stage_position,
        merged_number,
        min(entered_at) as entered_at,
        max(case when coalesce(is_next_new, 1) = 1 then exited_at end) as exited_at,
        max(case when coalesce(is_next_new, 1) = 1 then exit end) as exit,
        case
            when count(*) = count(hours_in_stage) then sum(hours_in_stage) / 24
        end as days_in_stage
    from grouped
    group by
        application_key, job_key, reporting_stage, reporting_stage_position, merged_number

)

select * from final

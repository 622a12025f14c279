-- An open application has exactly one open interval, its last; every other application has none.
with applications as (

    select * from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }}

),

intervals as (

    select
        application_key,
        count(case when exit = 'still_here' then 1 end) as open_intervals,
        max(interval_number) as last_number,
        max(case when exit = 'still_here' then interval_number end) as open_number
    from {{ ref('hiring_stage_intervals') }}
    group by application_key

),

final as (

    select
        applications.application_key,
        applications.is_open,
        intervals.open_intervals
    from applications
    full outer join intervals on applications.application_key = intervals.application_key
    where
        applications.application_key is null
        or coalesce(intervals.open_intervals, 0)
        <> case when applications.is_open then 1 else 0 end
        or intervals.open_number <> intervals.last_number

)

select * from final

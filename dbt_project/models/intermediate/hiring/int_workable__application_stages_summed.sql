with intervals as (

    select
        *,
        min(entered_at) over (
            partition by application_key, coalesce(stage_key, stage_name), visit_number
        ) as visit_entered_at,
        row_number() over (
            partition by application_key order by interval_number desc
        ) as recency
    from {{ ref('hiring_stage_intervals') }}

),

-- The reversal of a disqualification goes on with a visit and is no new entry, into Hired neither.
final as (

    select
        application_key,
        max(reporting_stage_position) as furthest_position,
        max(case when stage_kind = 'hired' then visit_entered_at end) as last_hired_at,
        max(case when recency = 1 then visit_entered_at end) as current_stage_entered_at,
        max(case when recency = 1 then hours_in_visit end) / 24 as days_in_current_stage
    from intervals
    group by application_key

)

select * from final

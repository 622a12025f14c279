with intervals as (

    select * from {{ ref('hiring_stage_intervals') }}
    where reporting_stage is not null

),

followed as (

    select
        application_key,
        reporting_stage,
        reporting_stage_position,
        max(reporting_stage_position) over (
            partition by application_key
            order by interval_number
            rows between 1 following and unbounded following
        ) as furthest_position_after
    from intervals

),

-- A stage that was entered three times was entered; one entry with a later stage after it is enough
-- to have gone on from it.
final as (

    select
        application_key,
        reporting_stage,
        coalesce(
            bool_or(furthest_position_after > reporting_stage_position), false
        ) as was_advanced_from
    from followed
    group by application_key, reporting_stage

)

select * from final

-- Both count the moves forward out of a reporting stage, one by intervals, the other by visits.
with exits as (

    select
        job_key,
        month,
        coalesce(reporting_stage, '') as reporting_stage,
        sum(advanced) as advanced
    from {{ ref('hiring_stage_exits') }}
    group by job_key, month, coalesce(reporting_stage, '')

),

velocity as (

    select
        job_key,
        month,
        coalesce(reporting_stage, '') as reporting_stage,
        moves
    from {{ ref('hiring_velocity') }}

),

final as (

    select
        coalesce(exits.job_key, velocity.job_key) as job_key,
        coalesce(exits.month, velocity.month) as month,
        coalesce(exits.reporting_stage, velocity.reporting_stage) as reporting_stage,
        exits.advanced,
        velocity.moves
    from exits
    full outer join velocity
        on
            exits.job_key = velocity.job_key
            and exits.month = velocity.month
            and exits.reporting_stage = velocity.reporting_stage
    where coalesce(exits.advanced, 0) <> coalesce(velocity.moves, 0)

)

select * from final

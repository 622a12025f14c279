{%- set fewest_moves = 10 -%}

with visits as (

    select * from {{ ref('int_workable__stage_visits_merged') }}

),

-- How long is long: three quarters of a year's moves forward out of this stage took less.
final as (

    select
        job_key,
        reporting_stage,
        count(days_in_stage) as moves,
        case
            when
                count(days_in_stage) >= {{ fewest_moves }}
                then {{ quantile('days_in_stage', 0.75) }}
        end as days_limit
    from visits
    where
        exit = 'advanced'
        and exited_at > {{ dbt.dateadd('month', -12, as_of()) }}
    group by job_key, reporting_stage

)

select * from final

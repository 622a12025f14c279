with applications as (

    select * from {{ ref('hiring_applications') }}

),

visits as (

    select * from {{ ref('int_workable__stage_visits_merged') }}
    where exited_at is not null and exit <> 'hired'

),

measured as (

    select
        applications.account,
        visits.job_key,
        visits.reporting_stage,
        visits.reporting_stage_position,
        {{ month_of(local_date('visits.exited_at')) }} as left_month,
        {{ month_of('applications.applied_date') }} as created_month,
        visits.exit = 'advanced' as is_forward,
        visits.days_in_stage,
        {{ hours_between('applications.created_at', 'visits.entered_at') }} / 24
            as days_created_to_stage
    from visits
    inner join applications on visits.application_key = applications.application_key

),

-- Each move forward stands under the month that it was made in and, for the figures that Workable
-- shows, under the month that the candidate came in. Other ways to leave a stage give the row.
dated as (

    select
        account,
        job_key,
        reporting_stage,
        reporting_stage_position,
        left_month as month,
        case when is_forward then days_in_stage end as days_to_move_forward,
        case when is_forward then days_created_to_stage end as days_created_to_stage,
        cast(null as double precision) as cohort_days_to_move_forward
    from measured
    union all
    select
        account,
        job_key,
        reporting_stage,
        reporting_stage_position,
        created_month as month,
        null as days_to_move_forward,
        null as days_created_to_stage,
        days_in_stage as cohort_days_to_move_forward
    from measured
    where is_forward

),

final as (

    select
        account,
        job_key || ':' || cast(month as {{ dbt.type_string() }})
        || ':' || coalesce(reporting_stage, 'none') as velocity_key,
        month,
        job_key,
        reporting_stage,
        reporting_stage_position,
        cast(count(days_to_move_forward) as integer) as moves,
        {{ mean_of('days_to_move_forward') }} as mean_days_to_move_forward,
        {{ median_of('days_to_move_forward') }} as median_days_to_move_forward,
        {{ mean_of('days_created_to_stage') }} as mean_days_created_to_stage,
        {{ median_of('days_created_to_stage') }} as median_days_created_to_stage,
        cast(count(cohort_days_to_move_forward) as integer) as cohort_moves,
        {{ mean_of('cohort_days_to_move_forward') }} as cohort_mean_days_to_move_forward,
        {{ median_of('cohort_days_to_move_forward') }} as cohort_median_days_to_move_forward
    from dated
    group by account, job_key, month, reporting_stage, reporting_stage_position

)

select * from final

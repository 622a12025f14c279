with applications as (

    select
        application_key,
        job_key,
        created_at
    from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }}

),

jobs as (

    select * from {{ ref('ats_jobs') }}

),

openings as (

    select
        job_key,
        occurred_at as opened_at
    from {{ ref('ats_activities') }}
    where action_raw = 'opened' and candidate_key is null

),

observed as (

    select
        applications.application_key,
        max(openings.opened_at) as opened_at
    from applications
    inner join openings
        on
            applications.job_key = openings.job_key
            and applications.created_at >= openings.opened_at
    group by applications.application_key

),

-- A job whose opening nobody recorded counts as open since it was made.
assumed as (

    select
        applications.application_key,
        jobs.latest_opened_at as opened_at
    from applications
    inner join jobs on applications.job_key = jobs.job_key
    where
        jobs.opened_at_basis = 'inferred'
        and jobs.latest_opened_at <= applications.created_at

),

final as (

    select
        applications.application_key,
        coalesce(observed.opened_at, assumed.opened_at) as opened_at,
        case
            when observed.opened_at is not null then 'job_opened' else 'job_created'
        end as basis
    from applications
    left join observed on applications.application_key = observed.application_key
    left join assumed on applications.application_key = assumed.application_key
    where observed.opened_at is not null or assumed.opened_at is not null

)

select * from final

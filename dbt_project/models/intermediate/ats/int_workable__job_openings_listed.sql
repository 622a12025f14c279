with jobs as (

    select
        job_key,
        status,
        cast(created_at as date) as created_date
    from {{ ref('int_workable__jobs_joined') }}

),

states as (

    select * from {{ ref('int_workable__job_states_seen') }}

),

told as (

    select distinct
        job_key,
        occurred_at as opened_at
    from {{ ref('ats_activities') }}
    where action_raw = 'opened' and candidate_key is null

),

told_jobs as (

    select distinct job_key
    from told

),

-- Without an activity, a job that was seen closed and then open was opened in between.
seen as (

    select
        states.job_key,
        states.seen_from as opened_at,
        states.status_before = 'draft' as is_first
    from states
    left join told_jobs on states.job_key = told_jobs.job_key
    where
        states.status in ('published', 'internal')
        and states.status_before not in ('published', 'internal')
        and told_jobs.job_key is null

),

first_seen_jobs as (

    select distinct job_key
    from seen
    where is_first

),

-- A job that nobody saw leave its draft counts as open since it was made.
assumed as (

    select
        jobs.job_key,
        cast(jobs.created_date as {{ dbt.type_timestamp() }}) as opened_at
    from jobs
    left join told_jobs on jobs.job_key = told_jobs.job_key
    left join first_seen_jobs on jobs.job_key = first_seen_jobs.job_key
    where
        jobs.status <> 'draft'
        and jobs.created_date is not null
        and told_jobs.job_key is null
        and first_seen_jobs.job_key is null

),

final as (

    select
        job_key,
        opened_at,
        'observed' as basis
    from told
    union all
    select
        job_key,
        opened_at,
        'snapshot' as basis
    from seen
    union all
    select
        job_key,
        opened_at,
        'inferred' as basis
    from assumed

)

select * from final

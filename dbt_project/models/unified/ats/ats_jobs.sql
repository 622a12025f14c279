with jobs as (

    select
        *,
        cast(created_at as date) as created_date
    from {{ ref('int_workable__jobs_joined') }}

),

departments as (

    select * from {{ ref('int_workable__job_departments_found') }}

),

openings as (

    select
        job_key,
        min(occurred_at) as first_opened_at,
        max(occurred_at) as latest_opened_at
    from {{ ref('ats_activities') }}
    where action_raw = 'opened' and candidate_key is null
    group by job_key

),

states as (

    select * from {{ ref('int_workable__job_states_seen') }}

),

-- Without an activity, a job that was seen closed and then open was opened in between.
seen_openings as (

    select
        job_key,
        min(case when status_before = 'draft' then seen_from end) as first_opened_at,
        max(seen_from) as latest_opened_at
    from states
    where
        status in ('published', 'internal')
        and status_before not in ('published', 'internal')
    group by job_key

),

-- Who was archived at first sight was so since a day that nobody saw.
archivals as (

    select
        job_key,
        seen_from as archived_at
    from states
    where status = 'archived' and seen_until is null and status_before is not null

),

final as (

    select
        jobs.account,
        jobs.job_key,
        jobs.shortcode,
        jobs.job_id,
        jobs.title,
        jobs.full_title,
        jobs.code,
        jobs.status,
        jobs.status_raw,
        jobs.is_confidential,
        jobs.is_sample,
        departments.department_key,
        departments.department_path,
        {{ employment_type('jobs.employment_type_raw') }} as employment_type,
        jobs.employment_type_raw,
        {{ workplace_type('jobs.workplace_type_raw') }} as workplace_type,
        jobs.workplace_type_raw,
        jobs.job_function as function,
        jobs.industry,
        jobs.experience,
        jobs.education,
        jobs.city,
        jobs.region,
        jobs.country_code,
        jobs.location_text,
        jobs.salary_min,
        jobs.salary_max,
        jobs.salary_currency,
        jobs.url,
        jobs.application_url,
        case
            when openings.job_key is not null then openings.first_opened_at
            when seen_openings.first_opened_at is not null then seen_openings.first_opened_at
            when jobs.status <> 'draft' then cast(jobs.created_date as {{ dbt.type_timestamp() }})
        end as first_opened_at,
        case
            when openings.job_key is not null then openings.latest_opened_at
            when seen_openings.job_key is not null then seen_openings.latest_opened_at
            when jobs.status <> 'draft' then cast(jobs.created_date as {{ dbt.type_timestamp() }})
        end as latest_opened_at,
        case
            when openings.job_key is not null then 'observed'
            when seen_openings.job_key is not null then 'snapshot'
            when jobs.status <> 'draft' and jobs.created_at is not null then 'inferred'
        end as opened_at_basis,
        case when jobs.status = 'archived' then archivals.archived_at end as archived_at,
        coalesce(jobs.status in ('published', 'internal'), false)
        and not jobs.is_deleted as is_accepting,
        jobs.description_html,
        jobs.created_date,
        jobs.created_at,
        jobs.updated_at,
        jobs.synced_at,
        jobs.is_deleted,
        jobs.deleted_at
    from jobs
    left join departments on jobs.job_key = departments.job_key
    left join openings on jobs.job_key = openings.job_key
    left join seen_openings on jobs.job_key = seen_openings.job_key
    left join archivals on jobs.job_key = archivals.job_key

)

select * from final

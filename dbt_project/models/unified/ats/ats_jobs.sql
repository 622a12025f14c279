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
        min(opened_at) as first_opened_at,
        max(opened_at) as latest_opened_at,
        bool_or(basis = 'observed') as is_observed,
        bool_or(basis = 'snapshot') as is_seen
    from {{ ref('int_workable__job_openings_listed') }}
    group by job_key

),

archivals as (

    select
        job_key,
        archived_at
    from {{ ref('int_workable__job_archivals_listed') }}
    where reopened_at is null

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
        openings.first_opened_at,
        openings.latest_opened_at,
        case
            when openings.is_observed then 'observed'
            when openings.is_seen then 'snapshot'
            when openings.job_key is not null then 'inferred'
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
    left join archivals on jobs.job_key = archivals.job_key

)

select * from final

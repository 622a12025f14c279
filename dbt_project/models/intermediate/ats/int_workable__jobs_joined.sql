with jobs as (

    select * from {{ ref('stg_workable__jobs') }}

),

details as (

    select * from {{ ref('stg_workable__job_details') }}

),

tombstones as (

    select * from {{ ref('int_workable__tombstones_current') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

-- The list is read in every run and the detail later, so what both send is taken from the list.
joined as (

    select
        jobs.account,
        jobs.job_key,
        jobs.shortcode,
        jobs.job_id,
        jobs.title,
        jobs.full_title,
        jobs.code,
        jobs.state as status_raw,
        jobs.department_hierarchy,
        jobs.workplace_type as workplace_type_raw,
        details.employment_type as employment_type_raw,
        details.job_function,
        details.industry,
        details.experience,
        details.education,
        jobs.city,
        jobs.region,
        jobs.country_code,
        jobs.location_text,
        jobs.salary_min,
        jobs.salary_max,
        jobs.salary_currency,
        jobs.url,
        jobs.application_url,
        details.full_description as description_html,
        jobs.created_at,
        jobs.updated_at,
        syncs.synced_at,
        tombstones.deleted_at,
        {{ mapped('jobs.state', {
            'draft': 'draft', 'published': 'published', 'closed': 'internal', 'internal': 'internal',
            'archived': 'archived',
        }) }} as status,
        coalesce(jobs.is_confidential, false) as is_confidential,
        coalesce(jobs.is_sample, false) as is_sample,
        tombstones.record_id is not null as is_deleted
    from jobs
    left join details on jobs.job_key = details.job_key
    left join tombstones
        on
            jobs.account = tombstones.account
            and jobs.shortcode = tombstones.record_id
            and tombstones.resource = 'jobs'
    left join syncs on jobs.account = syncs.account and syncs.resource = 'jobs'

)

select * from joined

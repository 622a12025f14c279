with applications as (

    select * from {{ ref('ats_applications') }}
    where
        {{ counts_in_marts() }}
        and status = 'hired'
        and employee_key is null
        and not is_deleted
        and not coalesce(is_anonymized, false)

),

candidates as (

    select * from {{ ref('ats_candidates') }}

),

jobs as (

    select * from {{ ref('ats_jobs') }}

),

requisitions as (

    select * from {{ ref('ats_requisitions') }}

),

owners as (

    select * from {{ ref('int_workable__job_owners_found') }}
    where owner_count = 1

),

-- Who was an employee once and is gone has been onboarded.
linked as (

    select distinct application_key
    from {{ ref('link_employee') }}
    where application_key is not null

),

-- Where no employee is read at all, nobody could be one.
accounts as (

    select distinct account
    from {{ ref('int_workable__employees_combined') }}

),

clock as (

    select {{ today() }} as today

),

final as (

    select
        applications.account,
        applications.application_key,
        applications.candidate_key,
        candidates.full_name,
        candidates.first_name,
        candidates.last_name,
        candidates.email,
        candidates.phone,
        candidates.address,
        applications.job_key,
        jobs.title as job_title,
        jobs.department_key,
        jobs.department_path,
        coalesce(requisitions.employment_type, jobs.employment_type) as employment_type,
        jobs.workplace_type,
        coalesce(requisitions.city, jobs.city) as city,
        coalesce(requisitions.country_code, jobs.country_code) as country_code,
        applications.requisition_key,
        requisitions.start_date as planned_start_date,
        requisitions.hiring_manager_user_key,
        owners.user_key as responsible_user_key,
        applications.offer_state,
        applications.hired_at,
        {{ local_date('applications.hired_at') }} as hired_date,
        {{ days_between(local_date('applications.hired_at'), 'clock.today') }} as days_since_hire,
        coalesce(requisitions.start_date < clock.today, false) as is_start_overdue
    from applications
    cross join clock
    inner join accounts on applications.account = accounts.account
    left join linked on applications.application_key = linked.application_key
    left join candidates on applications.candidate_key = candidates.candidate_key
    left join jobs on applications.job_key = jobs.job_key
    left join requisitions on applications.requisition_key = requisitions.requisition_key
    left join owners on applications.job_key = owners.job_key
    where linked.application_key is null

)

select * from final

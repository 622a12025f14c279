with applications as (

    select
        account,
        job_key,
        count(*) as open_applications,
        count(case when is_unreviewed then 1 end) as unreviewed_applications,
        count(case when is_stuck then 1 end) as stuck_applications
    from {{ ref('hiring_applications') }}
    where is_open
    group by account, job_key

),

jobs as (

    select * from {{ ref('ats_jobs') }}
    where {{ sample_counts() }}

),

owners as (

    select * from {{ ref('int_workable__job_owners_found') }}

),

-- Work there is in a job that is open, or that still has open applications.
loaded as (

    select
        jobs.account,
        jobs.job_key,
        owners.user_key,
        coalesce(owners.owner_count, 0) as owner_count,
        case when jobs.is_accepting then 1 else 0 end as open_jobs,
        coalesce(applications.open_applications, 0) as open_applications,
        coalesce(applications.unreviewed_applications, 0) as unreviewed_applications,
        coalesce(applications.stuck_applications, 0) as stuck_applications
    from jobs
    left join applications on jobs.job_key = applications.job_key
    left join owners on jobs.job_key = owners.job_key
    where jobs.is_accepting or applications.job_key is not null

),

final as (

    select
        account,
        coalesce(user_key, account || ':unassigned') as recruiter_load_key,
        user_key,
        cast(sum(open_jobs) as integer) as open_jobs,
        cast(sum(case when owner_count > 1 then open_jobs else 0 end) as integer)
            as shared_open_jobs,
        cast(sum(open_applications) as integer) as open_applications,
        cast(sum(unreviewed_applications) as integer) as unreviewed_applications,
        cast(sum(stuck_applications) as integer) as stuck_applications
    from loaded
    group by account, user_key

)

select * from final

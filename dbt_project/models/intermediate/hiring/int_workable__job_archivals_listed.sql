with jobs as (

    select * from {{ ref('ats_jobs') }}

),

-- Workable does not say when a job was archived or reopened; what the jobs' history knows of it
-- stands here, and nowhere else.
final as (

    select
        job_key,
        archived_at,
        cast(null as {{ dbt.type_timestamp() }}) as reopened_at
    from jobs
    where status = 'archived' and archived_at is not null

)

select * from final

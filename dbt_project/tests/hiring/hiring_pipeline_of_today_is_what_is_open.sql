-- The last day of the pipeline holds each open application once. Before the first complete sync
-- there is no today.
with applications as (

    select
        job_key,
        count(*) as applications
    from {{ ref('hiring_applications') }}
    where is_open
    group by job_key

),

pipeline as (

    select
        job_key,
        sum(applications) as applications
    from {{ ref('hiring_pipeline_daily') }}
    where day = {{ today() }}
    group by job_key

),

final as (

    select
        coalesce(applications.job_key, pipeline.job_key) as job_key,
        applications.applications as open_applications,
        pipeline.applications as applications_in_the_pipeline
    from applications
    full outer join pipeline on applications.job_key = pipeline.job_key
    where
        coalesce(applications.applications, 0) <> coalesce(pipeline.applications, 0)
        and {{ today() }} is not null

)

select * from final

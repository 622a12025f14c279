{% snapshot snapshot_jobs %}

{{ config(unique_key='job_key', strategy='check', check_cols='all', hard_deletes='ignore') }}

-- Not from ats_jobs, whose dates of opening and archiving may read this history.
with jobs as (

    select
        account,
        job_key,
        status,
        is_confidential,
        is_deleted
    from {{ ref('int_workable__jobs_joined') }}

),

final as (

    select * from jobs
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

with stages as (

    select * from {{ ref('int_workable__stages_mapped') }}

),

jobs as (

    select
        job_key,
        is_sample,
        is_deleted,
        deleted_at
    from {{ ref('int_workable__jobs_joined') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

final as (

    select
        stages.account,
        stages.stage_key,
        stages.job_key,
        stages.stage_id,
        stages.slug,
        stages.name,
        stages.kind,
        stages.kind_raw,
        stages.reporting_stage,
        stages.reporting_stage_position,
        stages.position,
        stages.is_terminal,
        coalesce(jobs.is_sample, false) as is_sample,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        syncs.synced_at,
        coalesce(jobs.is_deleted, false) as is_deleted,
        jobs.deleted_at
    from stages
    left join jobs on stages.job_key = jobs.job_key
    left join syncs on stages.account = syncs.account and syncs.resource = 'job_stages'

)

select * from final

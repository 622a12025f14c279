with job_stages as (

    select * from {{ ref('stg_workable__job_stages') }}

),

kinds as (

    select * from {{ ref('stage_kinds') }}

),

-- The pipeline of a job. A stage's name or slug finds it only where it is the job's only one.
final as (

    select
        job_stages.account,
        job_stages.shortcode,
        job_stages.job_key,
        job_stages.stage_key,
        job_stages.stage_id,
        job_stages.slug,
        job_stages.name,
        job_stages.kind as kind_raw,
        case when job_stages.kind is not null then coalesce(kinds.stage_kind, 'other') end as kind,
        case
            when job_stages.kind is not null then coalesce(kinds.reporting_stage, 'other')
        end as reporting_stage,
        cast(kinds.reporting_stage_position as integer) as reporting_stage_position,
        cast(job_stages.position as integer) as position,
        coalesce(kinds.is_terminal, false) as is_terminal,
        count(*) over (partition by job_stages.job_key, job_stages.name) = 1 as is_only_of_name,
        count(*) over (partition by job_stages.job_key, job_stages.slug) = 1 as is_only_of_slug
    from job_stages
    left join kinds
        on
            {{ normalised_value('job_stages.kind') }}
            = {{ normalised_value('kinds.stage_kind_raw') }}

)

select * from final

with applications as (

    select * from {{ ref('ats_applications') }}

),

stages as (

    select * from {{ ref('ats_job_interview_stages') }}

),

-- What is known of an application's stage without its activities: the one that it stands in. When
-- it came there is known of a hire, and likely of a stage that applications begin in; null beats a
-- guess. A snapshot of the present stage, once taken, adds its rows here.
final as (

    select
        applications.application_key,
        applications.current_stage_key as stage_key,
        applications.current_stage_name as stage_name,
        applications.current_stage_kind as stage_kind,
        applications.reporting_stage,
        stages.position as stage_position,
        case
            when applications.status = 'hired' then applications.hired_at
            when applications.current_stage_kind in ('applied', 'sourced')
                then applications.created_at
        end as entered_at,
        case
            when
                applications.status <> 'hired'
                and applications.current_stage_kind in ('applied', 'sourced')
                then 'inferred'
            else 'source'
        end as basis
    from applications
    left join stages on applications.current_stage_key = stages.stage_key

)

select * from final

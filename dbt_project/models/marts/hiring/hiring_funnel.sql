with applications as (

    select
        *,
        {{ month_of('applied_date') }} as month
    from {{ ref('hiring_applications') }}

),

reporting_stages as (

    select
        *,
        max(reporting_stage_position) over () as last_position
    from {{ ref('int_workable__reporting_stages_listed') }}

),

entries as (

    select * from {{ ref('int_workable__reporting_stages_entered') }}

),

pipelines as (

    select distinct
        job_key,
        reporting_stage
    from {{ ref('ats_job_interview_stages') }}
    where not is_deleted

),

-- Every application against every reporting stage, so that the funnels of jobs add up. Where it
-- stands now decides what it has reached; where it ever was decides what it has entered.
compared as (

    select
        applications.account,
        applications.job_key,
        applications.month,
        applications.source_category,
        reporting_stages.reporting_stage,
        reporting_stages.reporting_stage_position,
        reporting_stages.last_position,
        coalesce(
            applications.reporting_stage_position >= reporting_stages.reporting_stage_position,
            false
        ) as is_reached,
        coalesce(
            applications.reporting_stage_position > reporting_stages.reporting_stage_position,
            false
        ) as is_past,
        case
            when applications.reporting_stage = reporting_stages.reporting_stage
                then case
                    when applications.status = 'active' and applications.is_deleted then 'deleted'
                    else applications.status
                end
        end as state_there,
        entries.application_key is not null as is_entered,
        coalesce(entries.was_advanced_from, false) as was_advanced_from
    from applications
    cross join reporting_stages
    left join entries
        on
            applications.application_key = entries.application_key
            and reporting_stages.reporting_stage = entries.reporting_stage

),

counted as (

    select
        account,
        job_key,
        month,
        source_category,
        reporting_stage,
        reporting_stage_position,
        last_position,
        cast(count(*) as integer) as candidates,
        cast(count(case when is_reached then 1 end) as integer) as reached,
        cast(count(case when is_past then 1 end) as integer) as advanced,
        cast(count(case when state_there = 'rejected' then 1 end) as integer) as disqualified,
        cast(count(case when state_there = 'withdrawn' then 1 end) as integer) as withdrew,
        cast(count(case when state_there = 'active' then 1 end) as integer) as pending,
        cast(count(case when state_there = 'hired' then 1 end) as integer) as hired,
        cast(count(case when state_there = 'deleted' then 1 end) as integer) as deleted,
        cast(count(case when is_entered then 1 end) as integer) as entered,
        cast(count(case when is_entered and (is_past or was_advanced_from) then 1 end) as integer)
            as entered_then_advanced,
        cast(count(case when is_reached and not is_entered then 1 end) as integer) as skipped,
        cast(count(case when is_entered and not is_reached then 1 end) as integer) as fell_back
    from compared
    group by
        account, job_key, month, source_category,
        reporting_stage, reporting_stage_position, last_position

),

final as (

    select
        counted.account,
        counted.job_key || ':' || cast(counted.month as {{ dbt.type_string() }})
        || ':' || coalesce(counted.source_category, 'none') || ':' || counted.reporting_stage
            as funnel_key,
        counted.job_key,
        counted.month,
        counted.source_category,
        counted.reporting_stage,
        cast(counted.reporting_stage_position as integer) as reporting_stage_position,
        pipelines.job_key is not null as is_in_pipeline,
        counted.candidates,
        counted.reached,
        counted.advanced,
        counted.disqualified,
        counted.withdrew,
        counted.pending,
        counted.hired,
        counted.deleted,
        {{ ratio_of('counted.reached', 'counted.candidates') }} as conversion_from_all,
        case
            when counted.reporting_stage_position < counted.last_position
                then {{ ratio_of('counted.advanced', 'counted.reached') }}
        end as conversion_to_next,
        counted.entered,
        counted.entered_then_advanced,
        counted.skipped,
        counted.fell_back
    from counted
    left join pipelines
        on
            counted.job_key = pipelines.job_key
            and counted.reporting_stage = pipelines.reporting_stage

)

select * from final

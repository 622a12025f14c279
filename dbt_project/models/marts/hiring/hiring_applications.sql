with applications as (

    select * from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }}

),

jobs as (

    select * from {{ ref('ats_jobs') }}

),

acts as (

    select * from {{ ref('int_workable__application_acts_counted') }}

),

fills as (

    select * from {{ ref('int_workable__hire_fills_measured') }}

),

stages as (

    select * from {{ ref('int_workable__application_stages_summed') }}

),

reporting_stages as (

    select * from {{ ref('int_workable__reporting_stages_listed') }}

),

interviews as (

    select * from {{ ref('int_workable__application_interviews_counted') }}

),

stage_limits as (

    select * from {{ ref('int_workable__stage_limits_measured') }}

),

owners as (

    select * from {{ ref('int_workable__job_owners_found') }}
    where owner_count = 1

),

dated as (

    select
        applications.*,
        jobs.department_key,
        acts.first_message_at,
        acts.first_member_action_at,
        acts.last_member_activity_at,
        coalesce(acts.ratings, 0) as ratings,
        acts.mean_rating_0_to_1,
        {{ local_date('applications.created_at') }} as applied_date,
        {{ local_date('applications.hired_at') }} as hired_date,
        {{ local_date('applications.disqualified_at') }} as disqualified_date,
        case
            when applications.is_sourced then acts.first_message_at else applications.created_at
        end as first_engaged_at
    from applications
    left join jobs on applications.job_key = jobs.job_key
    left join acts on applications.application_key = acts.application_key

),

final as (

    select
        dated.account,
        dated.application_key,
        dated.person_key,
        dated.job_key,
        dated.department_key,
        dated.requisition_key,
        dated.employee_key,
        owners.user_key as responsible_user_key,
        dated.status,
        dated.current_stage_key,
        dated.current_stage_name,
        dated.current_stage_kind,
        dated.reporting_stage,
        current_stages.reporting_stage_position,
        furthest_stages.reporting_stage as furthest_reporting_stage,
        dated.source_category,
        dated.source_name,
        dated.is_sourced,
        dated.applied_date,
        dated.hired_date,
        dated.disqualified_date,
        case
            when dated.was_hired and dated.status <> 'hired'
                then {{ local_date('stages.last_hired_at') }}
        end as undone_hired_date,
        dated.created_at,
        dated.hired_at,
        dated.disqualified_at,
        dated.hire_undone_at,
        dated.first_engaged_at,
        {{ days_between(local_date('dated.first_engaged_at'), 'dated.hired_date') }}
            as days_to_hire,
        {{ days_between('dated.applied_date', 'dated.hired_date') }} as days_created_to_hire,
        fills.days_to_fill,
        fills.days_to_fill_basis,
        {{ days_between('dated.applied_date', 'dated.disqualified_date') }} as days_to_disqualify,
        cast(coalesce(interviews.interviews, 0) as integer) as interviews,
        cast(coalesce(interviews.interviewers, 0) as integer) as interviewers,
        cast(dated.ratings as integer) as ratings,
        dated.mean_rating_0_to_1,
        dated.first_member_action_at,
        {{ hours_between('dated.created_at', 'dated.first_member_action_at') }}
            as hours_to_first_action,
        dated.first_member_action_at is null as is_unreviewed,
        stages.current_stage_entered_at,
        case when dated.is_open then stages.days_in_current_stage end as days_in_current_stage,
        dated.last_member_activity_at,
        interviews.next_interview_at,
        case
            when not dated.is_open or interviews.next_interview_at is not null then false
            else stages.days_in_current_stage > stage_limits.days_limit
        end as is_stuck,
        dated.is_open,
        dated.was_hired,
        dated.is_anonymized,
        dated.is_sample,
        dated.is_deleted,
        dated.deleted_at
    from dated
    left join owners on dated.job_key = owners.job_key
    left join fills on dated.application_key = fills.application_key
    left join interviews on dated.application_key = interviews.application_key
    left join stages on dated.application_key = stages.application_key
    left join reporting_stages as furthest_stages
        on stages.furthest_position = furthest_stages.reporting_stage_position
    left join reporting_stages as current_stages
        on dated.reporting_stage = current_stages.reporting_stage
    left join stage_limits
        on
            dated.job_key = stage_limits.job_key
            and dated.reporting_stage = stage_limits.reporting_stage

)

select * from final

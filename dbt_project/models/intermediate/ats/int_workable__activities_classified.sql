{{ config(materialized='table') }}

{%- set entry_actions = {
    'applied': 'applied', 'uploaded': 'uploaded', 'referral': 'referral',
    'recommended': 'recommended', 'copied': 'copied', 'moved': 'relocated',
} -%}
{%- set activity_types = {
    'applied': 'application', 'uploaded': 'application', 'referral': 'application',
    'recommended': 'application', 'copied': 'copy', 'moved': 'relocation', 'comment': 'note',
    'rating': 'rating', 'message': 'email', 'event': 'interview_event',
    'assessment-requested': 'assessment', 'assessment-completed': 'assessment',
    'video-interview-requested': 'video_interview', 'video-interview-completed': 'video_interview',
    'disqualified': 'disqualification', 'disqualification': 'disqualification',
    'reverted': 'reversal',
} -%}

with activities as (

    select * from {{ ref('int_workable__activities_merged') }}

),

candidates as (

    select
        candidate_key,
        job_key,
        is_sample,
        is_anonymized,
        is_deleted,
        deleted_at
    from {{ ref('int_workable__candidates_joined') }}

),

jobs as (

    select
        job_key,
        is_sample,
        is_deleted,
        deleted_at
    from {{ ref('int_workable__jobs_joined') }}

),

stages as (

    select distinct
        job_key,
        slug
    from {{ ref('int_workable__stages_mapped') }}

),

keyed as (

    select
        *,
        {{ account_key('account', 'candidate_id') }} as candidate_key
    from activities

),

-- A relocated candidate's activities stand under its present job, as they do at Workable.
placed as (

    select
        keyed.*,
        coalesce(candidates.job_key, keyed.stream_job_key) as job_key,
        case when candidates.job_key is not null then keyed.candidate_key end as application_key,
        coalesce(candidates.is_sample, jobs.is_sample, false) as is_sample,
        coalesce(candidates.is_anonymized, false) as is_anonymized,
        coalesce(candidates.is_deleted, jobs.is_deleted, false) as is_deleted,
        case
            when candidates.candidate_key is not null
                then candidates.deleted_at
            else jobs.deleted_at
        end as deleted_at
    from keyed
    left join candidates on keyed.candidate_key = candidates.candidate_key
    left join jobs on keyed.stream_job_key = jobs.job_key

),

-- A move names its target stage. Only where no stream does, an action that is the slug of a stage
-- of the job is one: stages get renamed and removed, and `assessment` is a stage too. A move into
-- the stage Applied has the action of an application, and its target beside it.
judged as (

    select
        placed.*,
        {{ mapped_exactly('placed.action', entry_actions) }} as named_entry,
        case
            when placed.candidate_id is null then false
            when {{ mapped_exactly('placed.action', activity_types) }} is not null
                then
                    coalesce(placed.target_stage_slug = placed.action, false)
                    or (
                        placed.target_stage_slug is null
                        and placed.target_stage_name is not null
                        and stages.slug is not null
                    )
            else
                placed.target_stage_id is not null
                or placed.target_stage_slug is not null
                or placed.target_stage_name is not null
                or stages.slug is not null
        end as is_move
    from placed
    left join stages on placed.job_key = stages.job_key and placed.action = stages.slug

),

final as (

    select
        account,
        activity_key,
        activity_id,
        candidate_id,
        candidate_key,
        application_key,
        job_key,
        case
            when member_id is null then null
            when lower(member_type) like '%recruiter%'
                then {{ account_key('account', "'recruiter'", 'member_id') }}
            else {{ account_key('account', "'member'", 'member_id') }}
        end as user_key,
        action,
        case when is_move then 'stage_move' else named_entry end as entry_type,
        case
            when is_move then 'stage_move'
            else coalesce(
                {{ mapped_exactly('action', activity_types) }},
                case when candidate_id is null then 'job_event' else 'other' end
            )
        end as activity_type,
        action_stage_id,
        action_stage_slug,
        action_stage_name,
        target_stage_id,
        case
            when is_move then coalesce(target_stage_slug, action) else target_stage_slug
        end as target_stage_slug,
        target_stage_name,
        is_move,
        body,
        rating_score,
        rating_scale,
        rating_grade,
        visibility_roles,
        occurred_at,
        updated_at,
        is_sample,
        is_anonymized,
        is_deleted,
        deleted_at,
        {{ hex_order('activity_id') }} as id_order
    from judged

)

select * from final

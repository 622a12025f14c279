with candidate_stream as (

    select
        *,
        {{ hex_order('candidate_id') }} as candidate_order
    from {{ ref('stg_workable__candidate_activities') }}

),

job_stream as (

    select
        *,
        {{ hex_order('candidate_id') }} as candidate_order
    from {{ ref('stg_workable__job_activities') }}

),

-- A relocated candidate takes its activities along: the same id under two candidates, of which the
-- later one (ids grow) has it now.
candidate_ranked as (

    select
        *,
        row_number() over (
            partition by activity_key order by candidate_order desc, read_at desc
        ) as recency
    from candidate_stream

),

job_ranked as (

    select
        *,
        row_number() over (
            partition by activity_key
            order by coalesce(candidate_order, '') desc, read_at desc, job_key desc
        ) as recency
    from job_stream

),

of_candidates as (

    select * from candidate_ranked
    where recency = 1

),

of_jobs as (

    select * from job_ranked
    where recency = 1

),

-- Only the candidate's stream has edits, roles, scales and the source of a move, so it wins.
final as (

    select
        coalesce(of_candidates.account, of_jobs.account) as account,
        coalesce(of_candidates.activity_key, of_jobs.activity_key) as activity_key,
        coalesce(of_candidates.activity_id, of_jobs.activity_id) as activity_id,
        case
            when of_jobs.candidate_order > of_candidates.candidate_order then of_jobs.candidate_id
            else coalesce(of_candidates.candidate_id, of_jobs.candidate_id)
        end as candidate_id,
        of_jobs.job_key as stream_job_key,
        coalesce(of_candidates.action, of_jobs.action) as action,
        coalesce(of_candidates.member_id, of_jobs.member_id) as member_id,
        coalesce(of_candidates.member_type, of_jobs.member_type) as member_type,
        of_candidates.action_stage_id,
        of_candidates.action_stage_slug,
        coalesce(of_candidates.action_stage_name, of_candidates.stage_name) as action_stage_name,
        of_candidates.target_stage_id,
        of_candidates.target_stage_slug,
        coalesce(of_candidates.target_stage_name, of_jobs.stage_name) as target_stage_name,
        coalesce(of_candidates.body, of_jobs.body) as body,
        coalesce(of_candidates.rating_score, of_jobs.rating_score) as rating_score,
        coalesce(of_candidates.rating_scale, of_jobs.rating_scale) as rating_scale,
        coalesce(of_candidates.rating_grade, of_jobs.rating_grade) as rating_grade,
        of_candidates.visibility_roles,
        coalesce(of_candidates.created_at, of_jobs.created_at) as occurred_at,
        of_candidates.updated_at
    from of_candidates
    full outer join of_jobs on of_candidates.activity_key = of_jobs.activity_key

)

select * from final

with candidates as (

    select
        candidate_key,
        is_deleted,
        {{ counts_in_marts() }} as is_counted
    from {{ ref('int_workable__candidates_flagged') }}

),

-- The events of a deleted candidate are gone with the candidate, but took place all the same; those
-- of a record that a relocation replaced stand under the new one. Workable need not list whom an
-- event is about: the talent pool is mostly hidden.
interviews as (

    select ats_interviews.*
    from {{ ref('ats_interviews') }} as ats_interviews
    left join candidates on ats_interviews.candidate_key = candidates.candidate_key
    where
        coalesce(candidates.is_counted, true)
        and (coalesce(candidates.is_deleted, false) or not ats_interviews.is_deleted)

),

members as (

    select
        event_key,
        user_key,
        min(lower(reply)) as reply
    from {{ ref('int_workable__event_members_exploded') }}
    where user_key is not null
    group by event_key, user_key

),

ratings as (

    select
        candidate_key,
        user_key,
        occurred_at
    from {{ ref('ats_activities') }}
    where activity_type = 'rating' and user_key is not null

),

attended as (

    select
        interviews.*,
        members.user_key,
        members.reply,
        not interviews.is_cancelled and interviews.starts_at <= {{ as_of() }} as is_past
    from interviews
    inner join members on interviews.interview_key = members.event_key

),

rated as (

    select
        attended.interview_key,
        attended.user_key,
        min(ratings.occurred_at) as first_rating_at
    from attended
    inner join ratings
        on
            attended.candidate_key = ratings.candidate_key
            and attended.user_key = ratings.user_key
            and attended.starts_at <= ratings.occurred_at
    where not attended.is_cancelled
    group by attended.interview_key, attended.user_key

),

judged as (

    select
        attended.*,
        rated.first_rating_at,
        coalesce(
            attended.is_past
            and coalesce(attended.reply, '') <> 'declined'
            and {{ hours_between('attended.starts_at', as_of()) }} >= 48,
            false
        ) as is_feedback_due
    from attended
    left join rated
        on
            attended.interview_key = rated.interview_key
            and attended.user_key = rated.user_key

),

final as (

    select
        account,
        interview_key || ':' || user_key as interview_member_key,
        interview_key,
        user_key,
        candidate_key,
        application_key,
        job_key,
        interview_type,
        {{ local_date('starts_at') }} as interview_date,
        starts_at,
        ends_at,
        duration_hours as hours,
        reply,
        case
            when is_cancelled then 'cancelled' when is_past then 'past' else 'scheduled'
        end as state,
        first_rating_at,
        {{ hours_between('starts_at', 'first_rating_at') }} as hours_to_feedback,
        is_feedback_due,
        is_feedback_due and first_rating_at is null as is_feedback_missing,
        is_deleted,
        deleted_at
    from judged

)

select * from final

with interviews as (

    select * from {{ ref('ats_interviews') }}
    where application_key is not null and not is_cancelled

),

applications as (

    select
        application_key,
        is_deleted
    from {{ ref('ats_applications') }}

),

members as (

    select
        event_key,
        user_key
    from {{ ref('int_workable__event_members_exploded') }}
    where coalesce(lower(reply), '') <> 'declined'

),

-- The events of a deleted candidate are gone with the candidate, but took place all the same.
standing as (

    select interviews.*
    from interviews
    inner join applications on interviews.application_key = applications.application_key
    where applications.is_deleted or not interviews.is_deleted

),

attended as (

    select
        standing.application_key,
        count(distinct members.user_key) as interviewers
    from standing
    inner join members on standing.interview_key = members.event_key
    where standing.starts_at <= {{ as_of() }}
    group by standing.application_key

),

final as (

    select
        standing.application_key,
        count(case when standing.starts_at <= {{ as_of() }} then 1 end) as interviews,
        coalesce(max(attended.interviewers), 0) as interviewers,
        min(case when standing.starts_at > {{ as_of() }} then standing.starts_at end)
            as next_interview_at
    from standing
    left join attended on standing.application_key = attended.application_key
    group by standing.application_key

)

select * from final

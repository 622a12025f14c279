with applications as (

    select
        application_key,
        hired_at
    from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }}

),

activities as (

    select * from {{ ref('ats_activities') }}
    where user_key is not null

),

-- A message that nobody sent is an automatic one; one after the hire engaged nobody.
final as (

    select
        applications.application_key,
        min(case
            when
                activities.activity_type = 'email'
                and (
                    applications.hired_at is null or activities.occurred_at <= applications.hired_at
                )
                then activities.occurred_at
        end) as first_message_at,
        min(case
            when
                activities.activity_type in (
                    'stage_move', 'rating', 'note', 'email', 'disqualification'
                ) then activities.occurred_at
        end) as first_member_action_at,
        max(activities.occurred_at) as last_member_activity_at,
        count(case when activities.activity_type = 'rating' then 1 end) as ratings,
        {{ mean_of('activities.rating_score_0_to_1') }} as mean_rating_0_to_1
    from applications
    inner join activities on applications.application_key = activities.application_key
    group by applications.application_key

)

select * from final

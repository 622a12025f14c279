with activities as (

    select * from {{ ref('ats_activities') }}
    where
        user_key is not null
        and {{ sample_counts() }}

),

transitions as (

    select activity_key from {{ ref('ats_stage_transitions') }}

),

interviews as (

    select * from {{ ref('hiring_interviews') }}
    where state = 'past' and coalesce(reply, '') <> 'declined'

),

-- A move into the stage that the candidate was in, as a relocation leaves one, is no move.
acts as (

    select
        activities.account,
        activities.user_key,
        {{ month_of(local_date('activities.occurred_at')) }} as month,
        case
            when activities.activity_type = 'stage_move' then 'move'
            else activities.activity_type
        end as act
    from activities
    left join transitions on activities.activity_key = transitions.activity_key
    where
        activities.activity_type in ('note', 'email', 'rating', 'disqualification')
        or (activities.activity_type = 'stage_move' and transitions.activity_key is not null)
    union all
    select
        account,
        user_key,
        {{ month_of('interview_date') }} as month,
        'interview' as act
    from interviews

),

final as (

    select
        account,
        user_key || ':' || cast(month as {{ dbt.type_string() }}) as recruiter_month_key,
        user_key,
        month,
        cast(count(case when act = 'move' then 1 end) as integer) as moves,
        cast(count(case when act = 'note' then 1 end) as integer) as notes,
        cast(count(case when act = 'email' then 1 end) as integer) as messages,
        cast(count(case when act = 'rating' then 1 end) as integer) as ratings,
        cast(count(case when act = 'disqualification' then 1 end) as integer)
            as disqualifications,
        cast(count(case when act = 'interview' then 1 end) as integer) as interviews
    from acts
    group by account, user_key, month

)

select * from final

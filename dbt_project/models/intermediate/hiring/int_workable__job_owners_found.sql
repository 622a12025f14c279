with team as (

    select * from {{ ref('ats_job_hiring_team') }}
    where user_key is not null

),

roles as (

    select * from {{ ref('hiring_responsible_roles') }}

),

ranked as (

    select distinct
        team.account,
        team.job_key,
        team.user_key,
        roles.priority,
        min(roles.priority) over (partition by team.job_key) as best_priority
    from team
    inner join roles on team.collaboration_role = roles.collaboration_role

),

final as (

    select
        account,
        job_key,
        user_key,
        count(*) over (partition by job_key) as owner_count
    from ranked
    where priority = best_priority

)

select * from final

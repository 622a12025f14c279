with team as (

    select * from {{ ref('stg_workable__job_members') }}

),

jobs as (

    select
        job_key,
        is_sample,
        is_deleted,
        deleted_at
    from {{ ref('int_workable__jobs_joined') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

final as (

    select
        team.account,
        team.job_member_key,
        team.job_key,
        case
            when team.role = 'recruiter' and lower(team.member_type) like '%recruiter%'
                then {{ account_key('team.account', "'recruiter'", 'team.member_id') }}
            else team.user_key
        end as user_key,
        {{ mapped('team.collaboration_role', {
            'admin': 'admin', 'recruiting_admin': 'recruiting_admin',
            'hiring_manager': 'hiring_manager', 'simple': 'standard', 'reviewer': 'reviewer',
            'recruiter': 'recruiter',
        }) }} as collaboration_role,
        team.collaboration_role as collaboration_role_raw,
        coalesce(jobs.is_sample, false) as is_sample,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        syncs.synced_at,
        coalesce(jobs.is_deleted, false) as is_deleted,
        jobs.deleted_at
    from team
    left join jobs on team.job_key = jobs.job_key
    left join syncs on team.account = syncs.account and syncs.resource = 'job_members'

)

select * from final

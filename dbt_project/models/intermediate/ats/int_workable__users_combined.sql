with members as (

    select * from {{ ref('stg_workable__members') }}

),

recruiters as (

    select * from {{ ref('stg_workable__recruiters') }}

),

tombstones as (

    select * from {{ ref('int_workable__tombstones_current') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

roles as (

    {{ json_each_element('members', 'roles', ['user_key']) }}

),

named as (

    select
        user_key,
        position,
        {{ json_text('element') }} as role
    from roles

),

role_sets as (

    select
        user_key,
        {{ dbt.listagg('role', "', '", 'order by position') }} as roles,
        bool_or(role = 'workable.superadmin') as is_super_admin,
        bool_or(role = 'ats.admin') as is_admin,
        bool_or(role = 'ats.simple') as is_standard,
        bool_or(role = 'ats.reviewer') as is_reviewer,
        max(case when role like 'ats.%' then role end) as ats_role,
        max(case when role like 'hris.%' then role end) as hris_role
    from named
    group by user_key

),

-- `roles` is the newer key; the older single `role` stands in where it is not sent.
granted as (

    select
        members.account,
        members.user_key,
        members.member_id as user_id,
        'member' as user_type,
        members.name,
        members.email,
        members.headline,
        case
            when role_sets.is_super_admin then 'super_admin'
            when role_sets.is_admin then 'admin'
            when role_sets.is_standard then 'standard'
            when role_sets.is_reviewer then 'reviewer'
            else {{ mapped('members.role', {
                'admin': 'admin', 'simple': 'standard', 'reviewer': 'reviewer',
                'recruiter': 'external',
            }) }}
        end as access_role,
        coalesce(role_sets.roles, members.role) as access_role_raw,
        coalesce(role_sets.ats_role, members.role) as ats_role,
        coalesce(members.hris_role, role_sets.hris_role) as hris_role,
        coalesce(members.is_active, true) as is_active,
        'members' as resource
    from members
    left join role_sets on members.user_key = role_sets.user_key

),

external_recruiters as (

    select
        account,
        user_key,
        recruiter_id as user_id,
        'external_recruiter' as user_type,
        name,
        email,
        cast(null as {{ dbt.type_string() }}) as headline,
        'external' as access_role,
        cast(null as {{ dbt.type_string() }}) as access_role_raw,
        cast(null as {{ dbt.type_string() }}) as ats_role,
        cast(null as {{ dbt.type_string() }}) as hris_role,
        true as is_active,
        'recruiters' as resource
    from recruiters

),

either as (

    select * from granted
    union all
    select * from external_recruiters

),

final as (

    select
        either.account,
        either.user_key,
        either.user_id,
        either.user_type,
        either.name,
        either.email,
        either.headline,
        either.access_role,
        either.access_role_raw,
        either.ats_role,
        either.hris_role,
        either.is_active and tombstones.record_id is null as is_active,
        syncs.synced_at,
        tombstones.record_id is not null as is_deleted,
        tombstones.deleted_at
    from either
    left join tombstones
        on
            either.account = tombstones.account
            and either.resource = tombstones.resource
            and either.user_id = tombstones.record_id
    left join syncs on either.account = syncs.account and either.resource = syncs.resource

)

select * from final

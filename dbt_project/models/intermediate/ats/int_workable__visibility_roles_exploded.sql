with activities as (

    select
        activity_key,
        visibility_roles
    from {{ ref('int_workable__activities_merged') }}

),

roles as (

    {{ json_each_element('activities', 'visibility_roles', ['activity_key']) }}

),

named as (

    select
        activity_key,
        position,
        {{ json_text('element') }} as role
    from roles

),

-- Who may read it: everybody on the job (`simple` and `reviewer` are the roles with the least
-- rights), admins only, or the people in between.
final as (

    select
        activity_key,
        {{ dbt.listagg('role', "', '", 'order by position') }} as visibility_raw,
        case
            when bool_or(role in ('simple', 'reviewer')) then 'public'
            when bool_and(role in ('admin', 'recruiting_admin', 'super_admin')) then 'admin_only'
            else 'private'
        end as visibility
    from named
    group by activity_key

)

select * from final

with users as (

    select * from {{ ref('int_workable__users_combined') }}

),

employees as (

    select
        user_key,
        employee_key
    from {{ ref('int_workable__users_matched') }}

),

final as (

    select
        users.account,
        users.user_key,
        users.user_id,
        users.user_type,
        users.name,
        users.email,
        users.headline,
        users.access_role,
        users.access_role_raw,
        users.ats_role,
        users.hris_role,
        users.is_active,
        employees.employee_key,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        users.synced_at,
        users.is_deleted,
        users.deleted_at
    from users
    left join employees on users.user_key = employees.user_key
    where {{ 'true' if var('include_deleted', false) else 'false' }} or not users.is_deleted

)

select * from final

with departments as (

    select * from {{ ref('int_workable__departments_pathed') }}

),

final as (

    select
        account,
        department_key,
        department_id,
        name,
        parent_department_key,
        root_department_key,
        path,
        depth,
        is_in_cycle,
        is_sample,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        synced_at,
        is_deleted,
        deleted_at
    from departments

)

select * from final

with schedules as (

    select * from {{ ref('int_workable__work_schedules_expanded') }}

),

final as (

    select
        schedules.*,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at
    from schedules

)

select * from final

with types as (

    select * from {{ ref('int_workable__timeoff_types_classified') }}

),

final as (

    select
        account,
        timeoff_type_key,
        timeoff_type_id,
        name,
        description,
        is_paid,
        pay_type as is_paid_raw,
        absence_kind,
        case when is_unmapped_kind then 'unmapped' else 'name' end as absence_kind_basis,
        is_named_uniquely,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        synced_at,
        is_deleted,
        deleted_at
    from types

)

select * from final

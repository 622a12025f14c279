with fields as (

    select * from {{ ref('int_workable__employee_fields_flattened') }}

),

final as (

    select
        fields.account,
        fields.field_key,
        fields.field_id,
        fields.parent_field_id,
        fields.parent_field_key,
        fields.field_id as name,
        fields.label,
        fields.hint,
        {{ hris_field_type('fields.field_type') }} as field_type,
        fields.field_type as field_type_raw,
        fields.is_custom,
        fields.is_multiple,
        fields.keeps_history,
        fields.is_composite,
        {{ json_to_text('fields.choices') }} as choices,
        fields.date_format,
        fields.position,
        fields.editable_by,
        fields.viewable_by,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        {{ hris_lifecycle_columns() }}
    from fields
    {{ hris_lifecycle_joins('fields', 'employee_fields', 'root_field_id') }}

)

select * from final

with custom_values as (

    select * from {{ ref('int_workable__employee_values_typed') }}

),

employees as (

    select * from {{ ref('int_workable__employees_combined') }}
    {% if not var('include_deleted', false) %}
    where not is_deleted
    {% endif %}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}
    where resource = 'employee_details'

),

final as (

    select
        employees.account,
        custom_values.field_value_key,
        custom_values.employee_key,
        custom_values.field_key,
        custom_values.field_id,
        custom_values.parent_field_id,
        custom_values.field_label,
        {{ hris_field_type('custom_values.field_type') }} as field_type,
        custom_values.field_type as field_type_raw,
        custom_values.row_id,
        custom_values.row_position,
        custom_values.is_primary,
        custom_values.value_text,
        custom_values.value_number,
        custom_values.value_boolean,
        custom_values.value_date,
        custom_values.value_currency,
        custom_values.value_choice_id,
        custom_values.value_json,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        syncs.synced_at,
        employees.is_deleted,
        employees.deleted_at
    from custom_values
    inner join employees on custom_values.employee_key = employees.employee_key
    left join syncs on employees.account = syncs.account

)

select * from final

with details as (

    select * from {{ ref('stg_workable__employee_details') }}

),

elements as (

    {{ json_each_element(
        'details', 'employment_group', ['account', 'employee_key', 'employee_id']
    ) }}

),

choices as (

    select * from {{ ref('int_workable__field_choices_spelled') }}

),

contracts as (

    select
        account,
        employee_key,
        employee_id,
        position,
        {{ json_text('element', 'row_id') }} as row_id,
        coalesce({{ text_boolean(json_text('element', 'is_primary')) }}, false) as is_primary,
        {{ hris_choice(json_value('element', 'value.employment_status')) }} as employment_type_raw,
        {{ hris_choice(json_value(
            'element', 'value.employment_work_place'
        )) }} as workplace_type_raw,
        {{ text_date(json_text('element', 'value.employment_effective_date')) }} as effective_date,
        {{ text_date(json_text('element', 'value.employment_expiry_date')) }} as expiry_date,
        {{ blank_to_null(json_text('element', 'value.employment_note')) }} as note
    from elements

),

final as (

    select
        contracts.account,
        contracts.employee_key,
        contracts.employee_id,
        contracts.employee_key || ':' || coalesce(
            contracts.row_id, cast(contracts.position as {{ dbt.type_string() }})
        ) as employment_key,
        contracts.row_id as employment_id,
        contracts.is_primary,
        contracts.effective_date,
        contracts.expiry_date,
        contracts.employment_type_raw,
        coalesce(statuses.label, contracts.employment_type_raw) as employment_type_label,
        contracts.workplace_type_raw,
        coalesce(work_places.label, contracts.workplace_type_raw) as workplace_type_label,
        contracts.note
    from contracts
    left join choices as statuses
        on
            contracts.account = statuses.account
            and statuses.field_id = 'employment_status'
            and contracts.employment_type_raw = statuses.spelling
    left join choices as work_places
        on
            contracts.account = work_places.account
            and work_places.field_id = 'employment_work_place'
            and contracts.workplace_type_raw = work_places.spelling

)

select * from final

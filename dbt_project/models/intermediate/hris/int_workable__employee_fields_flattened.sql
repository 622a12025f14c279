with fields as (

    select * from {{ ref('stg_workable__employee_fields') }}

),

subfield_elements as (

    {{ json_each_element(
        'fields', 'subfields', ['account', 'field_id', 'editable_by', 'viewable_by']
    ) }}

),

-- The hexadecimal id is what tells a custom field from a built-in one, whose id is a word.
top_level as (

    select
        account,
        field_key,
        field_id,
        cast(null as {{ dbt.type_string() }}) as parent_field_id,
        cast(null as {{ dbt.type_string() }}) as parent_field_key,
        field_id as root_field_id,
        label,
        hint,
        field_type,
        date_format,
        editable_by,
        viewable_by,
        choices,
        coalesce(is_multiple, false) as is_multiple,
        coalesce(keeps_history, false) as keeps_history,
        field_type = 'composite' as is_composite,
        {{ hris_is_hex('field_id') }} as is_custom,
        cast(null as integer) as position
    from fields

),

subfields as (

    select
        account,
        {{ account_key('account', 'field_id', json_text('element', 'id')) }} as field_key,
        {{ json_text('element', 'id') }} as field_id,
        field_id as parent_field_id,
        {{ account_key('account', 'field_id') }} as parent_field_key,
        field_id as root_field_id,
        {{ json_text('element', 'label') }} as label,
        {{ json_text('element', 'hint') }} as hint,
        {{ json_text('element', 'type') }} as field_type,
        {{ json_text('element', 'date_format') }} as date_format,
        editable_by,
        viewable_by,
        {{ json_value('element', 'choices') }} as choices,
        false as is_multiple,
        false as keeps_history,
        false as is_composite,
        {{ hris_is_hex(json_text('element', 'id')) }} as is_custom,
        coalesce({{ text_integer(json_text('element', 'position')) }}, position) as position
    from subfield_elements
    where {{ json_text('element', 'id') }} is not null

),

final as (

    select * from top_level
    union all
    select * from subfields

)

select * from final

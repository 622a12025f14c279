with details as (

    select
        account,
        employee_id,
        extra
    from {{ ref('stg_workable__employee_details') }}

),

fields as (

    select * from {{ ref('int_workable__employee_fields_flattened') }}

),

members as (

    {{ json_each_member('details', 'extra', ['account', 'employee_id']) }}

),

listed as (

    select
        account,
        employee_id,
        name as field_id,
        {{ hris_as_array('element') }} as field_rows
    from members
    where {{ hris_json_kind('element') }} <> 'null'

),

elements as (

    {{ json_each_element('listed', 'field_rows', ['account', 'employee_id', 'field_id']) }}

),

-- A row of a field with several values is wrapped; {display, value} of a country is not a row.
field_rows as (

    select
        account,
        employee_id,
        field_id,
        position,
        {{ json_text('element', 'row_id') }} as row_id,
        coalesce(
            {{ text_boolean(json_text('element', 'is_primary')) }}, position = 1
        ) as is_primary,
        case
            when {{ json_text('element', 'row_id') }} is not null
                then {{ json_value('element', 'value') }}
            else element
        end as element
    from elements

),

typed as (

    select
        field_rows.*,
        coalesce(
            field_rows.row_id, cast(field_rows.position as {{ dbt.type_string() }})
        ) as row_label,
        coalesce(fields.is_composite, false)
        and {{ hris_json_kind('field_rows.element') }} = 'object' as is_composite
    from field_rows
    left join fields
        on
            field_rows.account = fields.account
            and field_rows.field_id = fields.field_id
            and fields.parent_field_id is null

),

composites as (

    select * from typed
    where is_composite

),

subfields as (

    {{ json_each_member(
        'composites',
        'element',
        ['account', 'employee_id', 'field_id', 'row_label', 'row_id', 'position', 'is_primary']
    ) }}

),

leaves as (

    select
        account,
        employee_id,
        field_id,
        cast(null as {{ dbt.type_string() }}) as parent_field_id,
        {{ account_key('account', 'field_id') }} as field_key,
        row_label,
        row_id,
        position,
        is_primary,
        element
    from typed
    where not is_composite
    union all
    select
        account,
        employee_id,
        name as field_id,
        field_id as parent_field_id,
        {{ account_key('account', 'field_id', 'name') }} as field_key,
        row_label,
        row_id,
        position,
        is_primary,
        element
    from subfields

),

final as (

    select
        leaves.account,
        {{ account_key('leaves.account', 'leaves.employee_id') }} as employee_key,
        leaves.employee_id,
        leaves.field_key,
        leaves.field_id,
        leaves.parent_field_id,
        leaves.row_label,
        leaves.row_id,
        leaves.position,
        leaves.is_primary,
        fields.label as field_label,
        fields.field_type,
        {{ hris_json_kind('leaves.element') }} as json_kind,
        leaves.element
    from leaves
    left join fields on leaves.field_key = fields.field_key
    where {{ hris_json_kind('leaves.element') }} <> 'null'

)

select * from final

with fields as (

    select
        account,
        field_key,
        field_id,
        parent_field_id,
        choices
    from {{ ref('int_workable__employee_fields_flattened') }}

),

elements as (

    {{ json_each_element(
        'fields', 'choices', ['account', 'field_key', 'field_id', 'parent_field_id']
    ) }}

),

final as (

    select
        account,
        field_key,
        field_id,
        parent_field_id,
        {{ json_text('element', 'id') }} as choice_id,
        {{ blank_to_null(json_text('element', 'label')) }} as label,
        position
    from elements
    where {{ json_text('element', 'id') }} is not null

)

select * from final

with leaves as (

    select
        *,
        {{ blank_to_null(hris_choice('element')) }} as value_raw
    from {{ ref('int_workable__employee_custom_values') }}

),

choices as (

    select * from {{ ref('int_workable__field_choices_spelled') }}

),

final as (

    select
        leaves.account,
        leaves.employee_key || ':' || substr(leaves.field_key, length(leaves.account) + 2)
        || ':' || leaves.row_label as field_value_key,
        leaves.employee_key,
        leaves.employee_id,
        leaves.field_key,
        leaves.field_id,
        leaves.parent_field_id,
        leaves.field_label,
        leaves.field_type,
        leaves.row_id,
        leaves.position as row_position,
        leaves.is_primary,
        coalesce(
            choices.label, {{ json_text('leaves.element', 'display') }}, leaves.value_raw
        ) as value_text,
        coalesce(
            {{ text_decimal(json_text('leaves.element', 'amount')) }},
            case
                when
                    leaves.json_kind = 'number'
                    or leaves.field_type in ('numeric', 'percentage', 'currency')
                    then {{ text_decimal('leaves.value_raw') }}
            end
        ) as value_number,
        case
            when leaves.json_kind = 'boolean' then {{ text_boolean('leaves.value_raw') }}
        end as value_boolean,
        case
            when leaves.field_type = 'date' then {{ text_date('leaves.value_raw') }}
        end as value_date,
        upper({{ json_text('leaves.element', 'currency') }}) as value_currency,
        choices.choice_id as value_choice_id,
        case
            when leaves.json_kind in ('object', 'array') then {{ json_to_text('leaves.element') }}
        end as value_json
    from leaves
    left join choices
        on leaves.field_key = choices.field_key and leaves.value_raw = choices.spelling

)

select * from final

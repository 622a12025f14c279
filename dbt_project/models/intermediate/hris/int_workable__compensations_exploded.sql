{{ config(enabled=var('include_compensation', false)) }}

with details as (

    select * from {{ ref('stg_workable__employee_details') }}

),

elements as (

    {{ json_each_element('details', 'salary_group', ['account', 'employee_key', 'employee_id']) }}

),

final as (

    select
        account,
        employee_key,
        employee_id,
        employee_key || ':' || coalesce(
            {{ json_text('element', 'row_id') }}, cast(position as {{ dbt.type_string() }})
        ) as compensation_key,
        {{ json_text('element', 'row_id') }} as compensation_id,
        coalesce({{ text_boolean(json_text('element', 'is_primary')) }}, false) as is_primary,
        {{ text_date(json_text('element', 'value.salary_effective_date')) }} as effective_date,
        {{ text_decimal(json_text('element', 'value.salary_pay_rate.amount')) }} as amount,
        upper({{ json_text('element', 'value.salary_pay_rate.currency') }}) as currency,
        {{ json_text('element', 'value.salary_pay_rate.frequency') }} as pay_period_raw,
        {{ hris_choice(json_value('element', 'value.salary_pay_type')) }} as pay_type_raw,
        {{ hris_choice(json_value('element', 'value.salary_pay_schedule')) }} as pay_schedule_raw,
        {{ hris_choice(json_value('element', 'value.salary_overtime_status')) }}
            as overtime_status_raw,
        {{ hris_choice(json_value('element', 'value.salary_justification')) }} as change_reason_raw
    from elements

)

select * from final

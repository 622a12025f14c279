with compensations as (

    select * from {{ ref('int_workable__compensations_exploded') }}

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
        compensations.account,
        compensations.compensation_key,
        compensations.compensation_id,
        compensations.employee_key,
        compensations.is_primary,
        compensations.effective_date,
        compensations.amount,
        compensations.currency,
        {{ mapped('compensations.pay_period_raw', {
            'year': 'year', 'month': 'month', 'week': 'week', 'day': 'day', 'hour': 'hour',
        }) }} as pay_period,
        compensations.pay_period_raw,
        {{ mapped(hris_choice_word('compensations.pay_type_raw', 'salary_pay_type_'), {
            'salary': 'salary', 'hourly': 'hourly', 'commission_only': 'commission_only',
        }) }} as pay_type,
        compensations.pay_type_raw,
        {{ mapped(hris_choice_word('compensations.pay_schedule_raw', 'salary_pay_schedule_'), {
            'monthly': 'monthly', 'every_15_days': 'every_15_days', 'annually': 'annually',
            'weekly': 'weekly', 'daily': 'daily',
        }) }} as pay_schedule,
        compensations.pay_schedule_raw,
        {{ mapped(
            hris_choice_word('compensations.overtime_status_raw', 'salary_overtime_status_'),
            {'exempt': 'exempt', 'non_exempt': 'non_exempt'},
        ) }} as overtime_status,
        compensations.overtime_status_raw,
        {{ mapped(hris_choice_word('compensations.change_reason_raw', 'salary_justification_'), {
            'new_hire': 'new_hire', 'adjustment': 'adjustment', 'new_role': 'new_role',
            'promotion': 'promotion', 'other': 'other',
        }) }} as change_reason,
        compensations.change_reason_raw,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        syncs.synced_at,
        employees.is_deleted,
        employees.deleted_at
    from compensations
    inner join employees on compensations.employee_key = employees.employee_key
    left join syncs on compensations.account = syncs.account

)

select * from final

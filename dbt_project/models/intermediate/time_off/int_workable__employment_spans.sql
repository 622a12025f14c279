with employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

terminations as (

    select * from {{ ref('int_workable__employee_terminations') }}

),

-- The leave date is the first day on which a person is no longer counted, unless the variable says
-- that people still work on the one of the field. The day that saw somebody gone is no such day.
final as (

    select
        employees.account,
        employees.employee_key,
        employees.start_date as employed_from,
        {% if var('leave_date_counts_as_worked', false) -%}
        case
            when terminations.termination_date_basis = 'source'
                then {{ add_days('terminations.termination_date', 1) }}
            else terminations.termination_date
        end as employed_to
        {%- else -%}
        terminations.termination_date as employed_to
        {%- endif %}
    from employees
    left join terminations on employees.employee_key = terminations.employee_key
    where
        employees.start_date is not null
        and employees.status <> 'pending'
        and (
            terminations.termination_date is not null
            or (employees.status <> 'inactive' and not employees.is_deleted)
        )
        {% if not var('include_sample', false) %}
        and not employees.is_sample
        {% endif %}

)

select * from final

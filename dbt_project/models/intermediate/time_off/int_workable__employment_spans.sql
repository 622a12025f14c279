with employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

terminations as (

    select * from {{ ref('int_workable__employee_terminations') }}

),

-- The leave date is the first day on which a person is no longer counted.
final as (

    select
        employees.account,
        employees.employee_key,
        employees.start_date as employed_from,
        terminations.termination_date as employed_to
    from employees
    left join terminations on employees.employee_key = terminations.employee_key
    where
        employees.start_date is not null
        and employees.status <> 'pending'
        and (employees.status <> 'inactive' or terminations.termination_date is not null)
        {% if not var('include_sample', false) %}
        and not employees.is_sample
        {% endif %}

)

select * from final

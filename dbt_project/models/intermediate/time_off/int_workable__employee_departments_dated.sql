{{ config(materialized='table') }}

with employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

-- The first period stands for all the time before; who has none (a demo row, no first day) has the
-- present department.
periods as (

    select
        employee_key,
        department_key,
        case when period_number > 1 then valid_from end as valid_from,
        valid_to
    from {{ ref('headcount_periods') }}

),

final as (

    select
        employees.account,
        employees.employee_key,
        case
            when periods.employee_key is not null then periods.department_key
            else {{ account_key('employees.account', 'employees.department_id') }}
        end as department_key,
        periods.valid_from,
        periods.valid_to
    from employees
    left join periods on employees.employee_key = periods.employee_key

)

select * from final

{{ config(materialized='table') }}

with employments as (

    select * from {{ ref('int_workable__employments_dated') }}
    where is_counted

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

employees as (

    select * from {{ ref('hris_employees') }}

),

present as (

    select
        employees.account,
        employees.employee_key,
        employees.manager_key
    from employees
    inner join employments on employees.employee_key = employments.employee_key
    inner join histories on employees.account = histories.account
    where
        employments.start_date <= histories.today
        and (employments.leave_date is null or employments.leave_date > histories.today)

),

-- Reports of somebody who is not there report to nobody.
lines as (

    select
        present.account,
        present.employee_key,
        managers.employee_key as manager_key
    from present
    left join present as managers on present.manager_key = managers.employee_key

),

cycles as (

    {{ tree_cycles('lines', 'employee_key', 'manager_key') }}

),

final as (

    select
        lines.account,
        lines.employee_key,
        lines.manager_key,
        -- The cycle is broken above the smallest key in it.
        case
            when lines.employee_key = cycles.cycle_key then null
            else lines.manager_key
        end as line_manager_key,
        cycles.node_key is not null as is_in_manager_cycle
    from lines
    left join cycles on lines.employee_key = cycles.node_key

)

select * from final

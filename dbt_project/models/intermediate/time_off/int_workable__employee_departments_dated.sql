{{ config(materialized='table') }}

with employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

history as (

    select
        *,
        {{ local_date('dbt_valid_from') }} as seen_date,
        row_number() over (partition by employee_key order by dbt_valid_from) as version_number
    from {{ ref('snapshot_employees') }}
    where dbt_valid_from < dbt_valid_to or dbt_valid_to is null

),

-- The record of somebody gone says nothing new; of several versions on one date the last holds.
observed as (

    select
        *,
        row_number() over (
            partition by employee_key, seen_date order by dbt_valid_from desc
        ) as place
    from history
    where version_number = 1 or not is_deleted

),

-- What was first seen stands for all the time before.
spans as (

    select
        employee_key,
        department_key,
        case
            when row_number() over by_date > 1 then seen_date
        end as valid_from,
        lead(seen_date) over by_date as valid_to
    from observed
    where place = 1
    window by_date as (partition by employee_key order by seen_date)

),

final as (

    select
        employees.account,
        employees.employee_key,
        case
            when spans.employee_key is not null then spans.department_key
            else {{ account_key('employees.account', 'employees.department_id') }}
        end as department_key,
        spans.valid_from,
        spans.valid_to
    from employees
    left join spans on employees.employee_key = spans.employee_key

)

select * from final

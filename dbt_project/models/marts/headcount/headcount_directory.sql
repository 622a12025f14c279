{{ config(materialized='view') }}

with employees as (

    select * from {{ ref('headcount_employees') }}

),

final as (

    select
        account,
        employee_key,
        full_name,
        preferred_name,
        job_title,
        department_path,
        location_name,
        manager_name,
        work_email
    from employees

)

select * from final

{{ config(materialized='table') }}

with remembered as (

    select
        employee_key,
        previous_employee_key,
        rehire_basis
    from {{ ref('link_rehire') }}
    where dbt_valid_to is null

),

{{ known_rehires() }},

final as (

    select
        employments.account,
        employments.employee_key,
        employments.status,
        employments.start_date,
        employments.leave_date,
        employments.leave_date_basis,
        employments.termination_reason,
        employments.termination_type,
        known.previous_employee_key,
        employments.uncounted_reason,
        employments.uncounted_reason is null as is_counted
    from employments
    left join known on employments.employee_key = known.employee_key

)

select * from final

with employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

final as (

    select
        account,
        employee_key,
        {{ account_key('account', 'department_id') }} as department_key,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to
    from employees

)

select * from final

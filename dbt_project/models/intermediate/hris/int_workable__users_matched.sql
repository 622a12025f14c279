with users as (

    select
        account,
        user_key,
        {{ normalised_email('email') }} as email
    from {{ ref('stg_workable__members') }}
    union all
    select
        account,
        user_key,
        {{ normalised_email('email') }} as email
    from {{ ref('stg_workable__recruiters') }}

),

employees as (

    select
        account,
        employee_key,
        {{ normalised_email('work_email') }} as email
    from {{ ref('int_workable__employees_combined') }}

),

unique_employees as (

    select
        account,
        email,
        min(employee_key) as employee_key
    from employees
    where email is not null
    group by account, email
    having count(*) = 1

),

final as (

    select
        users.account,
        users.user_key,
        unique_employees.employee_key,
        count(*) over (partition by unique_employees.employee_key) = 1 as is_only_user
    from users
    inner join unique_employees
        on users.account = unique_employees.account and users.email = unique_employees.email

)

select * from final

with employees as (

    select
        account,
        employee_key,
        {{ account_key('account', 'candidate_id') }} as candidate_key,
        start_date,
        {{ normalised_email('personal_email') }} as personal_email,
        {{ normalised_email('work_email') }} as work_email
    from {{ ref('int_workable__employees_combined') }}

),

applications as (

    select
        account,
        application_key,
        candidate_key,
        email_normalized,
        status,
        coalesce(is_deleted, false) as is_deleted,
        {{ local_date('hired_at') }} as hired_date
    from {{ ref('int_workable__applications_statused') }}

),

named as (

    select
        employees.account,
        employees.employee_key,
        employees.candidate_key,
        case
            when count(*) over (partition by employees.candidate_key) = 1
                then applications.application_key
        end as application_key,
        'source' as candidate_link_basis
    from employees
    left join applications
        on employees.candidate_key = applications.application_key
    where employees.candidate_key is not null

),

addresses as (

    select
        account,
        employee_key,
        start_date,
        personal_email as email
    from employees
    where candidate_key is null and personal_email is not null
    union
    select
        account,
        employee_key,
        start_date,
        work_email as email
    from employees
    where candidate_key is null and work_email is not null

),

pairs as (

    select distinct
        applications.account,
        applications.application_key,
        applications.candidate_key,
        addresses.employee_key
    from applications
    inner join addresses
        on
            applications.account = addresses.account
            and applications.email_normalized = addresses.email
            and applications.hired_date >= {{ add_days('addresses.start_date', -180) }}
            and applications.hired_date <= {{ add_days('addresses.start_date', 30) }}
    left join named on applications.candidate_key = named.candidate_key
    where
        applications.status = 'hired'
        and named.candidate_key is null
        -- A relocated candidate leaves its old record behind, with the same e-mail.
        and not applications.is_deleted

),

counted as (

    select
        *,
        count(*) over (partition by application_key) as employees_of_application,
        count(*) over (partition by employee_key) as applications_of_employee
    from pairs

),

final as (

    select
        account,
        employee_key,
        candidate_key,
        application_key,
        candidate_link_basis
    from named
    union all
    select
        account,
        employee_key,
        candidate_key,
        application_key,
        'email' as candidate_link_basis
    from counted
    where employees_of_application = 1 and applications_of_employee = 1
    union all
    -- Remembered, so that the end of one of two hires makes no link to the other.
    select distinct
        account,
        employee_key,
        cast(null as {{ dbt.type_string() }}) as candidate_key,
        cast(null as {{ dbt.type_string() }}) as application_key,
        'ambiguous' as candidate_link_basis
    from counted
    where applications_of_employee > 1

)

select * from final

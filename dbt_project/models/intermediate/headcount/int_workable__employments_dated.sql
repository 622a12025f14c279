{{ config(materialized='table') }}

with employees as (

    select
        *,
        coalesce({{ normalised_email('personal_email') }}, {{ normalised_email('work_email') }})
            as email
    from {{ ref('int_workable__employees_combined') }}

),

terminations as (

    select * from {{ ref('int_workable__employee_terminations') }}

),

-- A leave date from a field is the first day that is no longer counted, as it stands, unless the
-- variable says that people still work on it. The day that saw somebody gone is no such day.
dated as (

    select
        employees.account,
        employees.employee_key,
        employees.status,
        employees.start_date,
        case
            when terminations.termination_date_basis = 'source'
                then {{ add_days(
                    'terminations.termination_date',
                    1 if var('leave_date_counts_as_worked', false) else 0
                ) }}
            else terminations.termination_date
        end as leave_date,
        terminations.termination_date_basis as leave_date_basis,
        terminations.termination_reason,
        coalesce(terminations.termination_type, 'unknown') as termination_type,
        employees.email,
        employees.is_sample,
        employees.is_deleted
    from employees
    left join terminations on employees.employee_key = terminations.employee_key

),

judged as (

    select
        *,
        case
            when not {{ sample_counts() }} then 'sample'
            when status = 'pending' then 'pending'
            when start_date is null then 'no_start_date'
            when leave_date is null and (status = 'inactive' or is_deleted) then 'no_leave_date'
            when leave_date <= start_date then 'left_before_start'
        end as uncounted_reason
    from dated

),

-- Two records of one e-mail that are employed at the same time are two people who share it.
addresses as (

    select
        account,
        employee_key,
        email,
        start_date,
        leave_date,
        lag(employee_key) over by_email as earlier_employee_key,
        lag(leave_date) over by_email as earlier_leave_date,
        max(coalesce(leave_date, cast('9999-12-31' as date))) over (
            partition by account, email
            order by start_date, employee_key
            rows between unbounded preceding and 1 preceding
        ) as employed_until
    from judged
    where uncounted_reason is null and email is not null
    window by_email as (partition by account, email order by start_date, employee_key)

),

shared as (

    select
        account,
        email
    from addresses
    where employed_until > start_date
    group by account, email

),

rehired as (

    select
        addresses.employee_key,
        addresses.earlier_employee_key as previous_employee_key
    from addresses
    left join shared
        on addresses.account = shared.account and addresses.email = shared.email
    where addresses.earlier_leave_date < addresses.start_date and shared.email is null

),

final as (

    select
        judged.account,
        judged.employee_key,
        judged.status,
        judged.start_date,
        judged.leave_date,
        judged.leave_date_basis,
        judged.termination_reason,
        judged.termination_type,
        rehired.previous_employee_key,
        judged.uncounted_reason,
        judged.uncounted_reason is null as is_counted
    from judged
    left join rehired on judged.employee_key = rehired.employee_key

)

select * from final

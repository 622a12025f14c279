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

final as (

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

)

select * from final

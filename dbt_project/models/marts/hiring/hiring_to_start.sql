with hires as (

    select
        *,
        status = 'hired' as is_hire,
        coalesce(hired_date, undone_hired_date) as latest_hired_date,
        {{ local_date('hire_undone_at') }} as undone_date
    from {{ ref('hiring_applications') }}
    where was_hired

),

links as (

    select
        application_key,
        employee_key,
        candidate_link_basis
    from {{ ref('int_workable__hires_remembered') }}
    where application_key is not null

),

-- A draft that was thrown away is no profile.
employees as (

    select * from {{ ref('int_workable__employees_combined') }}
    where
        not (is_deleted and status = 'pending')
        and {{ sample_counts() }}

),

linked as (

    select
        hires.*,
        links.employee_key as linked_employee_key,
        links.candidate_link_basis
    from hires
    left join links on hires.application_key = links.application_key

),

joined as (

    select
        linked.application_key,
        linked.job_key,
        linked.latest_hired_date as hired_date,
        linked.undone_date,
        linked.is_hire,
        employees.employee_key,
        employees.start_date,
        coalesce(linked.account, employees.account) as account,
        coalesce(linked.application_key, employees.account || ':employee:' || employees.employee_id)
            as hire_or_starter_key,
        coalesce(
            linked.department_key, {{ account_key('employees.account', 'employees.department_id') }}
        ) as department_key,
        case when employees.employee_key is not null then linked.candidate_link_basis end
            as candidate_link_basis,
        coalesce(employees.start_date <= {{ today() }} and employees.status <> 'pending', false)
            as has_started
    from linked
    full outer join employees on linked.linked_employee_key = employees.employee_key
    where linked.application_key is not null or employees.start_date is not null

),

final as (

    select
        account,
        hire_or_starter_key,
        application_key,
        employee_key,
        job_key,
        department_key,
        hired_date,
        start_date,
        {{ days_between('hired_date', 'start_date') }} as days_hire_to_start,
        case
            when application_key is null then 'starter_without_hire'
            when not is_hire and has_started and coalesce(undone_date >= start_date, true)
                then 'started'
            when not is_hire then 'reneged'
            when employee_key is null then 'no_profile'
            when has_started then 'started'
            else 'starts_later'
        end as state,
        candidate_link_basis
    from joined

)

select * from final

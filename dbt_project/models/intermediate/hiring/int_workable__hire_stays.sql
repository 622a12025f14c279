{%- set known_from = var('headcount_history_from', none) -%}
with hires as (

    select
        account,
        application_key,
        employee_key
    from {{ ref('hiring_applications') }}
    where status = 'hired' and employee_key is not null

),

employees as (

    select
        employee_key,
        start_date
    from {{ ref('int_workable__employees_combined') }}
    where start_date is not null

),

terminations as (

    select
        employee_key,
        termination_date
    from {{ ref('int_workable__employee_terminations') }}

),

-- Who left before staff was first read is in no list, so of earlier starters nobody can say.
histories as (

    select
        account,
        {{
            "cast('" ~ known_from ~ "' as date)" if known_from
            else month_of(local_date(dbt.dateadd('month', 1, 'min(completed_at)')))
        }} as known_from
    from {{ ref('stg_workable__syncs') }}
    where resource = 'employees' and is_complete
    group by account

),

dated as (

    select
        hires.account,
        hires.application_key,
        hires.employee_key,
        employees.start_date,
        terminations.termination_date as leave_date,
        {{ add_days('employees.start_date', 90) }} as ninety_days_date,
        cast({{ dbt.dateadd('year', 1, 'employees.start_date') }} as date) as anniversary_date
    from hires
    inner join employees on hires.employee_key = employees.employee_key
    inner join histories
        on
            hires.account = histories.account
            and employees.start_date >= histories.known_from
    left join terminations on hires.employee_key = terminations.employee_key

),

final as (

    select
        account,
        application_key,
        employee_key,
        start_date,
        leave_date,
        ninety_days_date <= {{ today() }} as is_matured_90_days,
        coalesce(leave_date < ninety_days_date, false) as is_left_within_90_days,
        anniversary_date <= {{ today() }} as is_matured_1_year,
        coalesce(leave_date < anniversary_date, false) as is_left_within_1_year
    from dated

)

select * from final

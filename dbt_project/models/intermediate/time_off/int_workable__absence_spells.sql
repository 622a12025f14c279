with days as (

    select * from {{ ref('time_off_days') }}
    where timing = 'taken' and fraction > 0

),

groups as (

    select * from {{ ref('time_off_unplanned_kinds') }}

),

workdays as (

    select * from {{ ref('int_workable__employee_workdays') }}

),

employments as (

    select * from {{ ref('int_workable__employments_dated') }}
    where is_counted

),

absences as (

    select
        days.account,
        days.employee_key,
        groups.unplanned_group,
        days.date,
        min(days.department_key) as department_key
    from days
    inner join groups on days.kind = groups.kind
    inner join employments
        on
            days.employee_key = employments.employee_key
            and {{ date_within('days.date', 'employments.start_date', 'employments.leave_date') }}
    group by days.account, days.employee_key, groups.unplanned_group, days.date

),

-- Each employee's dates of work and of absence once, with how many of the former there were so far.
events as (

    select
        employee_key,
        date,
        1 as is_workday
    from workdays
    union all
    select distinct
        absences.employee_key,
        absences.date,
        0 as is_workday
    from absences
    left join workdays
        on absences.employee_key = workdays.employee_key and absences.date = workdays.date
    where workdays.date is null

),

numbered as (

    select
        *,
        sum(is_workday) over (
            partition by employee_key order by date
            rows between unbounded preceding and current row
        ) as workdays_so_far
    from events

),

counted as (

    select
        absences.*,
        numbered.workdays_so_far,
        numbered.workdays_so_far - numbered.is_workday as workdays_before
    from absences
    inner join numbered
        on absences.employee_key = numbered.employee_key and absences.date = numbered.date

),

compared as (

    select
        *,
        lag(workdays_so_far) over (
            partition by employee_key, unplanned_group order by date
        ) as workdays_until_last
    from counted

),

final as (

    select
        account,
        employee_key,
        unplanned_group,
        date as start_date,
        department_key
    from compared
    where workdays_until_last is null or workdays_before > workdays_until_last

)

select * from final

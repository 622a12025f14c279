-- Who is out next week?
--
-- How to read it: one line a person with approved time off between Monday and Sunday of the week
-- after the last load. `days_out` counts working days by the person's own schedule; half a day is
-- 0.5.
-- What it leaves out: why somebody is out, on purpose, since it may be sickness; requests that
-- nobody has approved yet (`workable_marts.time_off_pending`); public holidays.
with clock as (

    select cast(max(completed_at) as date) as today
    from workable_raw._syncs
    where complete

),

week as (

    select today + 8 - cast(extract(isodow from today) as integer) as monday
    from clock

),

-- Nobody is off for more than the day, whatever overlaps.
off as (

    select
        days.employee_key,
        days.date,
        least(1, sum(days.share_of_day)) as share_out
    from workable_marts.time_off_days as days
    cross join week
    where
        days.status = 'approved'
        and days.share_of_day > 0
        and not days.is_deleted
        and days.date between week.monday and week.monday + 6
    group by days.employee_key, days.date

)

select
    employees.full_name as employee,
    employees.department_path as department,
    min(off.date) as first_day,
    max(off.date) as last_day,
    cast(sum(off.share_out) as decimal(18, 1)) as days_out
from off
inner join workable_marts.headcount_employees as employees
    on off.employee_key = employees.employee_key
group by employees.employee_key, employees.full_name, employees.department_path
order by first_day, employees.department_path, employees.full_name, employees.employee_key

-- Who leaves within a year?
--
-- How to read it: of those who started in the last twelve months, how many are already gone, by
-- department. Whoever is on this list and gone has left within the year. A department with a high
-- share and more than a few starters is worth a talk about hiring or onboarding.
-- What it leaves out: everybody who started earlier. Workable does not send the day on which
-- somebody left, so of an inactive employee who started two years ago nobody can say when that
-- was. Those who started last month have had little time to leave, so the share will still grow.
-- Once the load has run for a year, `workable_marts.headcount_cohorts` has the final rates.
with clock as (

    select cast(max(completed_at) as date) as today
    from workable_raw._syncs
    where complete

),

starters as (

    select
        employees.department_key,
        case when employees.status = 'inactive' then 1 else 0 end as is_gone
    from workable.hris_employees as employees
    cross join clock
    where
        employees.status in ('active', 'inactive')
        and not employees.is_sample
        and not employees.is_deleted
        and employees.start_date > clock.today - 365
        and employees.start_date <= clock.today

)

select
    coalesce(departments.path, '(none)') as department,
    count(*) as started,
    sum(starters.is_gone) as already_gone,
    cast(100.0 * sum(starters.is_gone) / count(*) as decimal(18, 0)) as percent_gone
from starters
left join workable.ats_departments as departments
    on starters.department_key = departments.department_key
group by coalesce(departments.path, '(none)')
order by already_gone desc, started desc, department asc

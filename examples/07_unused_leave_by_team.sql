-- How much leave is still unused, by team?
--
-- How to read it: `days_left` is what the team may still take of its holiday this cycle;
-- `days_left_each` is the same for one person, so that large and small teams compare. The teams
-- at the top will be short of people before the year ends, or lose leave that they earned.
-- What it leaves out: sick, parental and other leave; kinds without a limit, and leave in hours;
-- what the days are worth in money. Days overdrawn by some are not set off against what others
-- have left.
select
    coalesce(departments.path, '(none)') as team,
    sum(liability.people) as people,
    cast(sum(liability.owed) as decimal(18, 1)) as days_left,
    cast(sum(liability.owed) / nullif(sum(liability.people), 0) as decimal(18, 1))
        as days_left_each,
    sum(liability.people_overdrawn) as people_overdrawn
from workable_marts.time_off_liability as liability
left join workable.ats_departments as departments
    on liability.department_key = departments.department_key
where liability.kind = 'vacation' and liability.unit = 'days'
group by coalesce(departments.path, '(none)')
order by days_left_each desc, team asc

-- Why did time to fill rise?
--
-- How to read it: the days to fill a job have two parts. `days_until_they_applied` is how long
-- the job, or the requisition where it was seen to open, had been open before the person who got
-- it turned up: a matter of attracting people (below zero, they had applied before it opened).
-- `days_from_there_to_hire` is how long we then took: a matter of our own pace. The part that
-- grew is the reason. The two add up to `mean_days_to_fill`, give or take the rounding. A median
-- far below the mean says that a few old jobs make the figure.
-- What it leaves out: hires that were undone; hires with no known opening of requisition or job.
-- Years with a handful of hires say little.
select
    extract(year from hired_date) as year_of_hire,
    count(*) as hires,
    cast(avg(days_to_fill) as decimal(18, 1)) as mean_days_to_fill,
    cast(avg(days_to_fill - days_created_to_hire) as decimal(18, 1)) as days_until_they_applied,
    cast(avg(days_created_to_hire) as decimal(18, 1)) as days_from_there_to_hire,
    cast(
        percentile_cont(0.5) within group (order by days_to_fill) as decimal(18, 1)
    ) as median_days_to_fill
from workable_marts.hiring_applications
where status = 'hired' and days_to_fill is not null
group by extract(year from hired_date)
order by year_of_hire

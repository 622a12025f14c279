-- Where do candidates wait?
--
-- How to read it: one line a stage, in the order of the pipeline. `median_days_so_far` is how
-- long those who are there now have been there; `usual_days` is how long those who moved on in
-- the last twelve months had stayed. Where the first is well above the second, people are being
-- left to wait. `stuck` are those who wait longer than three quarters of the earlier ones did in
-- the same job.
-- What it leaves out: candidates of archived jobs, and time in which somebody was disqualified.
-- `stuck` knows only jobs and stages with ten moves or more to compare with.
with clock as (

    select max(completed_at) as as_of
    from workable_raw._syncs
    where complete

),

usual as (

    select
        intervals.reporting_stage,
        percentile_cont(0.5) within group (order by intervals.hours_in_visit) / 24 as days
    from workable_marts.hiring_stage_intervals as intervals
    cross join clock
    where
        intervals.exit in ('advanced', 'hired')
        and intervals.exited_at >= clock.as_of - interval '365 days'
    group by intervals.reporting_stage

),

waiting as (

    select
        reporting_stage,
        min(reporting_stage_position) as position,
        count(*) as candidates,
        percentile_cont(0.5) within group (order by days_in_current_stage) as median_days,
        max(days_in_current_stage) as longest_days,
        sum(case when is_unreviewed then 1 else 0 end) as never_looked_at,
        sum(case when is_stuck then 1 else 0 end) as stuck
    from workable_marts.hiring_applications
    where is_open
    group by reporting_stage

)

select
    waiting.reporting_stage as stage,
    waiting.candidates,
    cast(waiting.median_days as decimal(18, 1)) as median_days_so_far,
    cast(usual.days as decimal(18, 1)) as usual_days,
    cast(waiting.longest_days as decimal(18, 1)) as longest_days,
    waiting.never_looked_at,
    waiting.stuck
from waiting
left join usual on waiting.reporting_stage = usual.reporting_stage
order by waiting.position nulls last, stage

-- Why do candidates turn us down, and when?
--
-- How to read it: candidates who withdrew in the last twelve months, by the stage they were in
-- and the reason that was noted. Late stages cost most: somebody lost at the offer has taken
-- everybody's time. `median_days` is how long they had been with us by then; a high figure says
-- that we were slow.
-- What it leaves out: those whom we rejected; what candidates did not tell; a candidate who
-- withdrew and came back is counted once, as they stand now.
with clock as (

    select cast(max(completed_at) as date) as today
    from workable_raw._syncs
    where complete

)

select
    applications.reporting_stage as stage,
    coalesce(reasons.description, '(no reason noted)') as reason,
    count(*) as candidates,
    cast(
        percentile_cont(0.5) within group (order by applications.days_to_disqualify)
        as decimal(18, 1)
    ) as median_days
from workable_marts.hiring_applications as applications
cross join clock
inner join workable.ats_applications as details
    on applications.application_key = details.application_key
left join workable.ats_disqualification_reasons as reasons
    on details.disqualification_reason_key = reasons.disqualification_reason_key
where
    applications.status = 'withdrawn'
    and applications.disqualified_date > clock.today - 365
group by
    applications.reporting_stage,
    applications.reporting_stage_position,
    coalesce(reasons.description, '(no reason noted)')
order by applications.reporting_stage_position desc nulls last, candidates desc, reason asc

-- Which openings are late, and is anybody close to filling them?
--
-- How to read it: one line an opening (requisition) that is approved and not yet filled, the
-- latest first. `days_late` is days past the planned date; below zero there is time left.
-- `in_interview_or_offer` is how many candidates of the job are near the end: a late opening with
-- nobody there will be later still.
-- What it leaves out: openings still to be approved, rejected or cancelled. Two openings of one
-- job share its candidates. An opening without a planned date has no `days_late` and comes last.
select
    details.code as opening,
    coalesce(jobs.title, details.job_title) as job,
    requisitions.state,
    requisitions.plan_date,
    requisitions.days_past_plan_date as days_late,
    coalesce(jobs.open_applications, 0) as open_candidates,
    coalesce(jobs.open_in_interview + jobs.open_in_offer, 0) as in_interview_or_offer
from workable_marts.hiring_requisitions as requisitions
inner join workable.ats_requisitions as details
    on requisitions.requisition_key = details.requisition_key
left join workable_marts.hiring_jobs as jobs on requisitions.job_key = jobs.job_key
where
    requisitions.state in ('approved', 'open', 'reserved', 'on_hold')
    and not requisitions.is_deleted
order by requisitions.days_past_plan_date desc nulls last, requisitions.requisition_key asc

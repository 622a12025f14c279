-- Who owes feedback after interviews?
--
-- How to read it: interviewers of the last 180 days, those with the most missing ratings first.
-- `due` are interviews that began at least two days ago and that the person did not decline;
-- `missing` are those after which they never rated the candidate. Candidates wait for these.
-- What it leaves out: feedback given outside Workable; interviews that were cancelled; Workable
-- does not say who really came, so an invitation that nobody answered counts as an interview.
with clock as (

    select cast(max(completed_at) as date) as today
    from workable_raw._syncs
    where complete

)

select
    coalesce(users.name, '(unknown)') as interviewer,
    count(*) as due,
    sum(case when interviews.is_feedback_missing then 1 else 0 end) as missing,
    cast(avg(interviews.hours_to_feedback) as decimal(18, 1)) as mean_hours_to_feedback
from workable_marts.hiring_interviews as interviews
cross join clock
left join workable.ats_users as users on interviews.user_key = users.user_key
where
    interviews.is_feedback_due
    and not interviews.is_deleted
    and interviews.interview_date > clock.today - 180
group by interviews.user_key, coalesce(users.name, '(unknown)')
order by missing desc, due desc, interviewer asc, interviews.user_key asc

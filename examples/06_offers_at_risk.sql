-- Which offers are at risk?
--
-- How to read it: one line a candidate, the longest wait first. `no answer yet` is an offer on
-- the table: after a week without a word, call. `hired, no employee profile` is a hire for whom
-- nobody has begun a profile, so nothing is prepared for the first day. `hired, starts later` has
-- one, and can still change their mind until `first_day`. `days_since_contact` is since anybody
-- of us last did something about them.
-- What it leaves out: hires of more than a year ago; offers of archived jobs; contact that
-- Workable does not see, such as a phone call. Profiles that could not be matched to the hire
-- look missing.
with clock as (

    select cast(max(completed_at) as date) as today
    from workable_raw._syncs
    where complete

),

open_offers as (

    select
        application_key,
        max(cast(offered_at as date)) as since
    from workable.ats_offers
    where not is_deleted
    group by application_key

),

at_risk as (

    select
        applications.application_key,
        applications.job_key,
        applications.last_member_activity_at,
        'no answer yet' as what,
        coalesce(open_offers.since, cast(applications.current_stage_entered_at as date)) as since,
        cast(null as date) as first_day
    from workable_marts.hiring_applications as applications
    left join open_offers on applications.application_key = open_offers.application_key
    where applications.is_open and applications.reporting_stage = 'offer'
    union all
    select
        starts.application_key,
        starts.job_key,
        applications.last_member_activity_at,
        case starts.state
            when 'no_profile' then 'hired, no employee profile' else 'hired, starts later'
        end as what,
        starts.hired_date as since,
        starts.start_date as first_day
    from workable_marts.hiring_to_start as starts
    inner join workable_marts.hiring_applications as applications
        on starts.application_key = applications.application_key
    cross join clock
    where
        starts.state in ('no_profile', 'starts_later')
        and starts.hired_date > clock.today - 365

)

select
    candidates.full_name as candidate,
    jobs.title as job,
    at_risk.what,
    at_risk.since,
    clock.today - at_risk.since as days_waiting,
    clock.today - cast(at_risk.last_member_activity_at as date) as days_since_contact,
    at_risk.first_day
from at_risk
cross join clock
inner join workable.ats_applications as applications
    on at_risk.application_key = applications.application_key
inner join workable.ats_candidates as candidates
    on applications.candidate_key = candidates.candidate_key
left join workable.ats_jobs as jobs on at_risk.job_key = jobs.job_key
order by days_waiting desc, at_risk.application_key asc

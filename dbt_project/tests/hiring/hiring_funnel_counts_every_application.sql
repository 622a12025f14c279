-- Each application is a candidate once in every reporting stage, and stands in one of them unless
-- its own has no place.
with applications as (

    select
        job_key,
        count(*) as applications,
        count(reporting_stage_position) as placed
    from {{ ref('hiring_applications') }}
    group by job_key

),

funnel as (

    select
        job_key,
        reporting_stage,
        sum(candidates) as candidates,
        sum(disqualified + withdrew + pending + hired + deleted) as standing
    from {{ ref('hiring_funnel') }}
    group by job_key, reporting_stage

),

totals as (

    select
        job_key,
        min(candidates) as fewest_candidates,
        max(candidates) as most_candidates,
        sum(standing) as standing
    from funnel
    group by job_key

),

final as (

    select
        applications.job_key,
        applications.applications,
        totals.fewest_candidates,
        totals.most_candidates,
        totals.standing
    from applications
    full outer join totals on applications.job_key = totals.job_key
    where
        applications.job_key is null
        or totals.job_key is null
        or applications.applications <> totals.fewest_candidates
        or applications.applications <> totals.most_candidates
        or applications.placed <> totals.standing

)

select * from final

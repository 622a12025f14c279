{%- set stages = [
    'sourced', 'applied', 'shortlisted', 'phone_screen', 'assessment', 'interview', 'offer'
] -%}
{%- set stale_days = 14 -%}
with jobs as (

    select * from {{ ref('ats_jobs') }}
    where {{ sample_counts() }}

),

applications as (

    select
        job_key,
        count(*) as applications,
        count(case when status = 'active' then 1 end) as active,
        count(case when status = 'hired' then 1 end) as hires,
        count(case when status = 'rejected' then 1 end) as rejected,
        count(case when status = 'withdrawn' then 1 end) as withdrawn,
        count(undone_hired_date) as hire_undone,
        count(case when is_open then 1 end) as open_applications,
        {% for stage in stages -%}
        count(case when is_open and reporting_stage = '{{ stage }}' then 1 end)
            as open_in_{{ stage }},
        {% endfor -%}
        count(case when is_open and is_unreviewed then 1 end) as unreviewed_open,
        count(case when is_stuck then 1 end) as stuck
    from {{ ref('hiring_applications') }}
    group by job_key

),

requisitions as (

    select
        job_key,
        count(
            case when state in ('approved', 'open', 'reserved', 'on_hold', 'filled') then 1 end
        ) as openings,
        count(case when state = 'filled' then 1 end) as openings_filled,
        count(case when state in ('approved', 'open', 'reserved') then 1 end) as openings_open,
        count(case when state = 'on_hold' then 1 end) as openings_on_hold
    from {{ ref('ats_requisitions') }}
    where not is_deleted
    group by job_key

),

acts as (

    select
        job_key,
        max(occurred_at) as last_member_activity_at
    from {{ ref('ats_activities') }}
    where user_key is not null
    group by job_key

),

final as (

    select
        jobs.account,
        jobs.job_key,
        jobs.title,
        jobs.department_key,
        jobs.status,
        jobs.is_accepting,
        jobs.is_confidential,
        jobs.first_opened_at,
        jobs.latest_opened_at,
        jobs.opened_at_basis,
        jobs.archived_at,
        case
            when jobs.is_accepting
                then {{ days_between(local_date('jobs.latest_opened_at'), today()) }}
            when jobs.archived_at >= jobs.latest_opened_at
                then
                    {{ days_between(
                        local_date('jobs.latest_opened_at'), local_date('jobs.archived_at')
                    ) }}
        end as days_open,
        cast(coalesce(applications.applications, 0) as integer) as applications,
        cast(coalesce(applications.active, 0) as integer) as active,
        cast(coalesce(applications.hires, 0) as integer) as hires,
        cast(coalesce(applications.rejected, 0) as integer) as rejected,
        cast(coalesce(applications.withdrawn, 0) as integer) as withdrawn,
        cast(coalesce(applications.hire_undone, 0) as integer) as hire_undone,
        cast(coalesce(applications.open_applications, 0) as integer) as open_applications,
        {% for stage in stages -%}
        cast(coalesce(applications.open_in_{{ stage }}, 0) as integer) as open_in_{{ stage }},
        {% endfor -%}
        cast(
            coalesce(applications.open_applications, 0)
            {%- for stage in stages %}
            - coalesce(applications.open_in_{{ stage }}, 0)
            {%- endfor %} as integer
        ) as open_in_other,
        cast(coalesce(applications.unreviewed_open, 0) as integer) as unreviewed_open,
        cast(coalesce(applications.stuck, 0) as integer) as stuck,
        cast(coalesce(requisitions.openings, 0) as integer) as openings,
        cast(coalesce(requisitions.openings_filled, 0) as integer) as openings_filled,
        cast(coalesce(requisitions.openings_open, 0) as integer) as openings_open,
        cast(coalesce(requisitions.openings_on_hold, 0) as integer) as openings_on_hold,
        {{ ratio_of('requisitions.openings_filled', 'requisitions.openings') }} as fill_rate,
        acts.last_member_activity_at,
        coalesce(
            jobs.is_accepting
            and applications.open_applications > 0
            and {{ hours_between(
                'coalesce(acts.last_member_activity_at, jobs.latest_opened_at)', as_of()
            ) }} > {{ stale_days * 24 }},
            false
        ) as is_stale,
        jobs.is_sample,
        jobs.is_deleted,
        jobs.deleted_at
    from jobs
    left join applications on jobs.job_key = applications.job_key
    left join requisitions on jobs.job_key = requisitions.job_key
    left join acts on jobs.job_key = acts.job_key

)

select * from final

with requests as (

    select * from {{ ref('int_workable__timeoff_requests_kept') }}
    where not is_deleted

),

days as (

    select * from {{ ref('time_off_days') }}

),

clock as (

    select {{ today() }} as today

),

pending as (

    select * from requests
    where status = 'requested'

),

-- Who of the same department is away on one of its dates, by that date's department.
away as (

    select
        pending.timeoff_request_key,
        count(distinct case when others.status = 'approved' then others.employee_key end)
            as approved_people,
        count(distinct others.employee_key) as people
    from pending
    inner join days as own_days
        on pending.timeoff_request_key = own_days.timeoff_request_key
    inner join days as others
        on
            own_days.department_key = others.department_key
            and own_days.date = others.date
            and own_days.employee_key <> others.employee_key
            and others.status in ('approved', 'requested')
    where not others.is_deleted
    group by pending.timeoff_request_key

),

final as (

    select
        pending.account,
        pending.timeoff_request_key,
        pending.employee_key,
        pending.department_key,
        pending.timeoff_type_key,
        pending.kind,
        pending.unit,
        pending.amount,
        pending.start_date,
        pending.end_date,
        {{ days_between('clock.today', 'pending.start_date') }} as days_until_start,
        cast(coalesce(away.approved_people, 0) as integer) as overlapping_people,
        cast(coalesce(away.people, 0) as integer) as overlapping_people_if_all_approved,
        {{ days_between(local_date('pending.updated_at'), 'clock.today') }}
            as days_since_last_change
    from pending
    cross join clock
    left join away on pending.timeoff_request_key = away.timeoff_request_key

)

select * from final

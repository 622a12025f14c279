-- Over all months, what was taken and is planned is what Workable approved, by account, kind and
-- unit. Without a sync there is no today, and nothing is taken yet or still planned.
with months as (

    select
        account,
        kind,
        coalesce(unit, 'none') as unit,
        sum(taken + planned) as counted,
        sum(requested_amount) as requested,
        sum(requests) as requests
    from {{ ref('time_off_monthly') }}
    group by account, kind, coalesce(unit, 'none')

),

requests as (

    select
        account,
        kind,
        coalesce(unit, 'none') as unit,
        sum(case when status = 'approved' then amount else 0 end) as amount,
        count(case when status = 'approved' then 1 end) as requests
    from {{ ref('int_workable__timeoff_requests_kept') }}
    where status in ('approved', 'declined')
    group by account, kind, coalesce(unit, 'none')

),

clock as (

    select {{ today() }} as today

),

final as (

    select
        requests.account,
        requests.kind,
        requests.unit,
        requests.amount,
        months.counted,
        months.requested
    from requests
    cross join clock
    full outer join months
        on
            requests.account = months.account
            and requests.kind = months.kind
            and requests.unit = months.unit
    where
        requests.amount is null
        or months.counted is null
        or (requests.amount <> months.counted and clock.today is not null)
        or requests.amount <> months.requested
        or requests.requests <> months.requests

)

select * from final

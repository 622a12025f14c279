-- The fractions of a request are Workable's amount, to the last digit, and no request that counts
-- is without a date.
with requests as (

    select * from {{ ref('int_workable__timeoff_requests_kept') }}

),

days as (

    select
        timeoff_request_key,
        sum(fraction) as amount,
        min(date) as first_date,
        max(date) as last_date
    from {{ ref('time_off_days') }}
    group by timeoff_request_key

),

final as (

    select
        requests.timeoff_request_key,
        requests.amount,
        days.amount as added_up
    from requests
    full outer join days on requests.timeoff_request_key = days.timeoff_request_key
    where
        requests.timeoff_request_key is null
        or days.timeoff_request_key is null
        or requests.amount <> days.amount
        or days.first_date < requests.start_date
        or days.last_date > requests.end_date

)

select * from final

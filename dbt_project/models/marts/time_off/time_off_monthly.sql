with days as (

    select * from {{ ref('time_off_days') }}

),

requests as (

    select * from {{ ref('int_workable__timeoff_requests_kept') }}

),

counted_days as (

    select
        account,
        {{ month_of('date') }} as month,
        department_key,
        kind,
        unit,
        sum(case when timing = 'taken' then fraction else 0 end) as taken,
        sum(case when timing = 'planned' then fraction else 0 end) as planned,
        0 as requests,
        0 as declined,
        0 as amount
    from days
    where status = 'approved'
    group by account, {{ month_of('date') }}, department_key, kind, unit

),

counted_requests as (

    select
        account,
        {{ month_of('start_date') }} as month,
        department_key,
        kind,
        unit,
        0 as taken,
        0 as planned,
        count(case when status = 'approved' then 1 end) as requests,
        count(case when status = 'declined' then 1 end) as declined,
        sum(case when status = 'approved' then amount else 0 end) as amount
    from requests
    where status in ('approved', 'declined')
    group by account, {{ month_of('start_date') }}, department_key, kind, unit

),

counted as (

    select * from counted_days
    union all
    select * from counted_requests

),

final as (

    select
        account,
        coalesce(department_key, account || ':none')
        || ':' || kind
        || ':' || coalesce(unit, 'none')
        || ':' || cast(month as {{ dbt.type_string() }}) as time_off_month_key,
        month,
        department_key,
        kind,
        unit,
        cast(sum(taken) as decimal(38, 9)) as taken,
        cast(sum(planned) as decimal(38, 9)) as planned,
        cast(sum(requests) as integer) as requests,
        cast(sum(declined) as integer) as declined,
        cast(sum(amount) as decimal(38, 9)) as requested_amount,
        {{ ratio_of('sum(amount)', 'sum(requests)') }} as mean_length,
        {{ ratio_of('sum(requests)', 'sum(requests) + sum(declined)') }} as approval_rate
    from counted
    group by account, month, department_key, kind, unit

)

select * from final

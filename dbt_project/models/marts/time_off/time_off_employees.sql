with employees as (

    select * from {{ ref('hris_employees') }}
    where not is_deleted and {{ sample_counts() }}

),

balances as (

    select * from {{ ref('hris_timeoff_balances') }}

),

types as (

    select * from {{ ref('hris_timeoff_types') }}

),

days as (

    select * from {{ ref('time_off_days') }}
    where status = 'approved'

),

month_ends as (

    select * from {{ ref('time_off_balances_monthly') }}

),

clock as (

    select {{ today() }} as today

),

-- Twelve months back to the day after the same date: a whole year, today in it.
taken as (

    select
        days.employee_key,
        days.timeoff_type_key,
        sum(case when days.unit = 'days' then days.fraction end) as taken_days,
        sum(case when days.unit = 'hours' then days.fraction end) as taken_hours
    from days
    cross join clock
    where
        days.timing = 'taken'
        and days.date > {{ add_months('clock.today', -12) }}
        and days.timeoff_type_key is not null
    group by days.employee_key, days.timeoff_type_key

),

vacations as (

    select
        employee_key,
        max(case when timing = 'taken' then date end) as last_vacation_date,
        min(case when timing = 'planned' then date end) as next_vacation_date
    from days
    where kind = 'vacation'
    group by employee_key

),

last_month as (

    select month_ends.*
    from month_ends
    cross join clock
    where month_ends.month = {{ add_months(month_of('clock.today'), -1) }}

),

pairs as (

    select
        employee_key,
        timeoff_type_key
    from balances
    union
    select
        employee_key,
        timeoff_type_key
    from taken

),

final as (

    select
        employees.account,
        coalesce(
            balances.timeoff_balance_key, employees.employee_key || ':' || types.timeoff_type_id
        ) as time_off_employee_key,
        employees.employee_key,
        employees.status,
        employees.department_key,
        pairs.timeoff_type_key,
        types.absence_kind as kind,
        types.is_paid,
        balances.unit,
        balances.is_unlimited,
        balances.available,
        balances.used,
        balances.carried_over,
        last_month.available as available_at_last_month_end,
        last_month.used as used_at_last_month_end,
        cast(coalesce(taken.taken_days, 0) as decimal(38, 9)) as taken_days_twelve_months,
        cast(coalesce(taken.taken_hours, 0) as decimal(38, 9)) as taken_hours_twelve_months,
        vacations.last_vacation_date,
        vacations.next_vacation_date,
        {{ days_between('vacations.last_vacation_date', 'clock.today') }} as days_since_vacation,
        balances.as_of_at
    from pairs
    inner join employees on pairs.employee_key = employees.employee_key
    cross join clock
    left join balances
        on
            pairs.employee_key = balances.employee_key
            and pairs.timeoff_type_key = balances.timeoff_type_key
    left join types on pairs.timeoff_type_key = types.timeoff_type_key
    left join last_month on balances.timeoff_balance_key = last_month.timeoff_balance_key
    left join taken
        on
            pairs.employee_key = taken.employee_key
            and pairs.timeoff_type_key = taken.timeoff_type_key
    left join vacations on pairs.employee_key = vacations.employee_key

)

select * from final

with employees as (

    select * from {{ ref('hris_employees') }}
    where not is_deleted and {{ sample_counts() }}

),

employments as (

    select * from {{ ref('int_workable__employments_dated') }}
    where is_counted

),

balances as (

    select * from {{ ref('hris_timeoff_balances') }}
    where not coalesce(is_unlimited, false)

),

types as (

    select * from {{ ref('hris_timeoff_types') }}
    where is_paid

),

clock as (

    select {{ today() }} as today

),

owed as (

    select
        balances.account,
        employees.department_key,
        balances.timeoff_type_key,
        types.absence_kind as kind,
        balances.unit,
        balances.employee_key,
        greatest(balances.available, 0) as owed,
        least(balances.available, 0) as overdrawn
    from balances
    cross join clock
    inner join employees on balances.employee_key = employees.employee_key
    inner join employments
        on
            balances.employee_key = employments.employee_key
            and {{ date_within('clock.today', 'employments.start_date', 'employments.leave_date') }}
    inner join types on balances.timeoff_type_key = types.timeoff_type_key
    where balances.available is not null

),

final as (

    select
        account,
        coalesce(department_key, account || ':none')
        || substring(timeoff_type_key from 1 + length(account))
        || ':' || coalesce(unit, 'none') as time_off_liability_key,
        department_key,
        timeoff_type_key,
        kind,
        unit,
        cast(count(distinct employee_key) as integer) as people,
        cast(count(case when owed > 0 then 1 end) as integer) as people_owed,
        cast(count(case when overdrawn < 0 then 1 end) as integer) as people_overdrawn,
        cast(sum(owed) as decimal(38, 9)) as owed,
        cast(sum(overdrawn) as decimal(38, 9)) as overdrawn
    from owed
    group by account, department_key, timeoff_type_key, kind, unit

)

select * from final

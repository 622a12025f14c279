with days as (

    select * from {{ ref('time_off_days') }}
    where timing = 'taken'

),

groups as (

    select * from {{ ref('time_off_unplanned_kinds') }}

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

clock as (

    select {{ today() }} as today

),

workdays as (

    select workdays.*
    from {{ ref('int_workable__employee_workdays') }} as workdays
    cross join clock
    where workdays.date <= clock.today

),

spells as (

    select * from {{ ref('int_workable__absence_spells') }}

),

absent as (

    select
        days.employee_key,
        days.date,
        sum(days.share_of_day) as absent_days
    from days
    inner join groups on days.kind = groups.kind
    group by days.employee_key, days.date

),

scheduled as (

    select
        workdays.account,
        {{ month_of('workdays.date') }} as month,
        workdays.department_key,
        count(*) as scheduled_days,
        sum(absent.absent_days) as absent_days
    from workdays
    left join absent
        on workdays.employee_key = absent.employee_key and workdays.date = absent.date
    group by workdays.account, {{ month_of('workdays.date') }}, workdays.department_key

),

begun as (

    select
        account,
        {{ month_of('start_date') }} as month,
        department_key,
        count(*) as spells,
        count(distinct employee_key) as employees_with_a_spell
    from spells
    group by account, {{ month_of('start_date') }}, department_key

),

-- A spell may begin on a day that is no workday, in a month that has none.
cells as (

    select
        account,
        month,
        department_key
    from scheduled
    union
    select
        account,
        month,
        department_key
    from begun

),

final as (

    select
        cells.account,
        coalesce(cells.department_key, cells.account || ':none')
        || ':' || cast(cells.month as {{ dbt.type_string() }}) as absence_key,
        cells.month,
        cells.department_key,
        cast(coalesce(scheduled.absent_days, 0) as decimal(38, 9)) as absent_days,
        cast(coalesce(scheduled.scheduled_days, 0) as integer) as scheduled_days,
        {{ ratio_of('coalesce(scheduled.absent_days, 0)', 'scheduled.scheduled_days') }}
            as absence_rate,
        cast(coalesce(begun.spells, 0) as integer) as spells,
        cast(coalesce(begun.employees_with_a_spell, 0) as integer) as employees_with_a_spell,
        {{ month_of('clock.today') }} > cells.month as is_complete_month,
        {{ headcount_basis('cells.month') }} as basis
    from cells
    cross join clock
    left join histories on cells.account = histories.account
    left join scheduled
        on
            cells.account = scheduled.account
            and cells.month = scheduled.month
            and coalesce(cells.department_key, '') = coalesce(scheduled.department_key, '')
    left join begun
        on
            cells.account = begun.account
            and cells.month = begun.month
            and coalesce(cells.department_key, '') = coalesce(begun.department_key, '')

)

select * from final

with days as (

    select * from {{ ref('time_off_days') }}
    where status in ('approved', 'requested') and share_of_day > 0

),

employees as (

    select * from {{ ref('hris_employees') }}
    where not is_deleted

),

clock as (

    select {{ today() }} as today

),

workdays as (

    select
        workdays.*,
        employees.full_name
    from {{ ref('int_workable__employee_workdays') }} as workdays
    cross join clock
    inner join employees on workdays.employee_key = employees.employee_key
    where workdays.date >= clock.today

),

-- Nobody is off for more than the day, whatever overlaps.
off as (

    select
        employee_key,
        date,
        least(1, sum(case when status = 'approved' then share_of_day else 0 end)) as approved_share,
        least(1, sum(share_of_day)) as wanted_share
    from days
    group by employee_key, date

),

counted as (

    select
        workdays.account,
        workdays.date,
        workdays.department_key,
        count(*) as heads_scheduled,
        count(case when off.approved_share > 0 then 1 end) as heads_out,
        sum(coalesce(off.approved_share, 0)) as days_out,
        sum(coalesce(off.wanted_share, 0)) as days_out_if_all_approved
    from workdays
    left join off on workdays.employee_key = off.employee_key and workdays.date = off.date
    group by workdays.account, workdays.date, workdays.department_key

),

named as (

    select
        workdays.account,
        workdays.date,
        workdays.department_key,
        {{ text_list(
            'coalesce(workdays.full_name, workdays.employee_key)', 'workdays.employee_key'
        ) }} as who_is_out
    from workdays
    inner join off on workdays.employee_key = off.employee_key and workdays.date = off.date
    where off.approved_share > 0
    group by workdays.account, workdays.date, workdays.department_key

),

final as (

    select
        counted.account,
        coalesce(counted.department_key, counted.account || ':none')
        || ':' || cast(counted.date as {{ dbt.type_string() }}) as calendar_key,
        counted.date,
        counted.department_key,
        cast(counted.heads_scheduled as integer) as heads_scheduled,
        cast(counted.heads_out as integer) as heads_out,
        cast(counted.days_out as decimal(38, 9)) as days_out,
        cast(counted.days_out_if_all_approved as decimal(38, 9)) as days_out_if_all_approved,
        {{ ratio_of('counted.days_out', 'counted.heads_scheduled') }} as share_out,
        {{ ratio_of('counted.days_out_if_all_approved', 'counted.heads_scheduled') }}
            as share_out_if_all_approved,
        named.who_is_out
    from counted
    left join named
        on
            counted.account = named.account
            and counted.date = named.date
            and coalesce(counted.department_key, '') = coalesce(named.department_key, '')

)

select * from final

{{ config(materialized='table') }}

with employments as (

    select * from {{ ref('int_workable__employments_dated') }}
    where is_counted

),

weekdays as (

    select * from {{ ref('int_workable__employee_weekdays_scheduled') }}

),

departments as (

    select * from {{ ref('int_workable__employee_departments_dated') }}

),

clock as (

    select {{ add_days(today(), 90) }} as last_date

),

bounded as (

    select
        employments.account,
        employments.employee_key,
        employments.start_date as first_date,
        case
            when employments.leave_date <= clock.last_date
                then {{ add_days('employments.leave_date', -1) }}
            else clock.last_date
        end as last_date
    from employments
    cross join clock

),

employed as (

    select
        account,
        employee_key,
        {{ each_day('first_date', 'last_date') }} as date
    from bounded

),

final as (

    select
        employed.account,
        employed.employee_key,
        employed.date,
        departments.department_key,
        weekdays.scheduled_hours
    from employed
    inner join weekdays
        on
            employed.employee_key = weekdays.employee_key
            and {{ weekday_of('employed.date') }} = weekdays.weekday
            and {{ date_within('employed.date', 'weekdays.valid_from', 'weekdays.valid_to') }}
    left join departments
        on
            employed.employee_key = departments.employee_key
            and {{ date_within(
                'employed.date', 'departments.valid_from', 'departments.valid_to'
            ) }}

)

select * from final

with requests as (

    select * from {{ ref('int_workable__timeoff_requests_kept') }}

),

half_days as (

    select * from {{ ref('int_workable__timeoff_half_days_listed') }}

),

weekdays as (

    select * from {{ ref('int_workable__employee_weekdays_scheduled') }}

),

departments as (

    select * from {{ ref('int_workable__employee_departments_dated') }}

),

clock as (

    select {{ today() }} as today

),

dated as (

    select
        *,
        {{ each_day('start_date', 'end_date') }} as date
    from requests

),

weighed as (

    select
        dated.*,
        half_days.half_date is not null as is_half_day,
        coalesce(weekdays.scheduled_hours, 0) as scheduled_hours,
        case when half_days.half_date is not null then 0.5 else 1 end as day_weight,
        case
            when dated.unit = 'hours' then coalesce(weekdays.scheduled_hours, 0)
            when half_days.half_date is not null then 0.5
            else 1
        end as weight
    from dated
    left join half_days
        on
            dated.timeoff_request_key = half_days.timeoff_request_key
            and dated.date = half_days.half_date
    left join weekdays
        on
            dated.employee_key = weekdays.employee_key
            and {{ weekday_of('dated.date') }} = weekdays.weekday
            and {{ date_within('dated.date', 'weekdays.valid_from', 'weekdays.valid_to') }}

),

added as (

    select
        *,
        count(*) over by_request as dates,
        sum(weight) over by_request as calendar_weight,
        sum(case when scheduled_hours > 0 then weight else 0 end) over by_request
            as schedule_weight
    from weighed
    window by_request as (partition by timeoff_request_key)

),

-- Where every date is scheduled both sums are the same, and the schedule is the better reason.
based as (

    select
        *,
        case
            when dates = 1 then 'one_day'
            when schedule_weight = amount then 'schedule'
            when calendar_weight = amount then 'calendar'
            else 'pro_rata'
        end as basis
    from added

),

parted as (

    select
        *,
        case
            when basis = 'one_day' then 1
            when basis = 'calendar' then weight
            when schedule_weight = 0 then day_weight
            when scheduled_hours > 0 then weight
            else 0
        end as part
    from based

),

summed as (

    select
        *,
        sum(part) over (partition by timeoff_request_key) as whole,
        sum(part) over (partition by timeoff_request_key order by date) as part_so_far
    from parted

),

-- Shares of the amount up to a date are rounded, not those of a date: what one date loses the next
-- one gains, and the last brings the whole amount.
portioned as (

    select
        *,
        cast(
            case
                when part_so_far = whole then amount
                else {{ portion_of('amount', 'part_so_far', 'whole') }}
            end - {{ portion_of('amount', '(part_so_far - part)', 'whole') }}
            as decimal(38, 9)
        ) as fraction
    from summed
    where part > 0

),

final as (

    select
        portioned.account,
        portioned.timeoff_request_key
        || ':' || cast(portioned.date as {{ dbt.type_string() }}) as time_off_day_key,
        portioned.timeoff_request_key,
        portioned.employee_key,
        portioned.date,
        departments.department_key,
        portioned.timeoff_type_key,
        portioned.kind,
        portioned.unit,
        portioned.status,
        case
            when portioned.status = 'approved' and portioned.date <= clock.today then 'taken'
            when portioned.status = 'approved' and portioned.date > clock.today then 'planned'
        end as timing,
        portioned.fraction,
        cast(
            case
                when portioned.scheduled_hours = 0 then 0
                when portioned.unit = 'days'
                    then greatest(0, least(1, portioned.fraction))
                when portioned.unit = 'hours'
                    then greatest(0, least(
                        1, {{ portion_of('portioned.fraction', '1', 'portioned.scheduled_hours') }}
                    ))
            end as decimal(38, 9)
        ) as share_of_day,
        portioned.basis,
        portioned.is_half_day,
        cast(portioned.scheduled_hours as decimal(38, 9)) as scheduled_hours,
        portioned.is_deleted
    from portioned
    cross join clock
    left join departments
        on
            portioned.employee_key = departments.employee_key
            and {{ date_within(
                'portioned.date', 'departments.valid_from', 'departments.valid_to'
            ) }}

)

select * from final

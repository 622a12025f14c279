with hires as (

    select
        account,
        application_key,
        employee_key
    from {{ ref('hiring_applications') }}
    where status = 'hired' and employee_key is not null

),

-- Who is still to start, or only a demo, has not stayed yet.
employments as (

    select * from {{ ref('int_workable__employments_dated') }}
    where
        start_date is not null
        and coalesce(uncounted_reason, '') not in ('sample', 'pending')

),

-- Who left before that is in no list, so of earlier starters nobody can say.
histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

dated as (

    select
        hires.account,
        hires.application_key,
        hires.employee_key,
        employments.start_date,
        employments.leave_date,
        coalesce(employments.uncounted_reason = 'no_leave_date', false) as is_gone_unseen,
        {{ add_days('employments.start_date', 90) }} as ninety_days_date,
        cast({{ dbt.dateadd('year', 1, 'employments.start_date') }} as date) as anniversary_date,
        histories.today
    from hires
    inner join employments on hires.employee_key = employments.employee_key
    inner join histories
        on
            hires.account = histories.account
            and employments.start_date >= histories.history_from

),

final as (

    select
        account,
        application_key,
        employee_key,
        start_date,
        leave_date,
        ninety_days_date <= today as is_matured_90_days,
        case
            when not is_gone_unseen then coalesce(leave_date < ninety_days_date, false)
        end as is_left_within_90_days,
        anniversary_date <= today as is_matured_1_year,
        case
            when not is_gone_unseen then coalesce(leave_date < anniversary_date, false)
        end as is_left_within_1_year
    from dated

)

select * from final

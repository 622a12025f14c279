{%- set this_year = dbt.dateadd('year', 'years', 'start_date') -%}
{%- set next_year = dbt.dateadd('year', 'years + 1', 'start_date') -%}
with employments as (

    select * from {{ ref('int_workable__employments_dated') }}
    where is_counted or uncounted_reason = 'pending'

),

employees as (

    select * from {{ ref('hris_employees') }}

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

present as (

    select
        employees.account,
        employees.employee_key,
        employees.probation_end_date,
        employees.contract_end_date,
        employments.start_date,
        employments.leave_date,
        histories.today,
        cast(
            extract(year from histories.today)
            - extract(year from employments.start_date) as integer
        ) as years
    from employees
    inner join employments on employees.employee_key = employments.employee_key
    inner join histories on employees.account = histories.account
    where employments.leave_date is null or employments.leave_date > histories.today

),

anniversaries as (

    select
        account,
        employee_key,
        today,
        case
            when cast({{ this_year }} as date) >= today then cast({{ this_year }} as date)
            else cast({{ next_year }} as date)
        end as date,
        case
            when cast({{ this_year }} as date) >= today then years
            else years + 1
        end as years
    from present
    where start_date < today

),

dates as (

    {% for kind, column in [
        ('start', 'start_date'), ('probation_end', 'probation_end_date'),
        ('contract_expiry', 'contract_end_date'), ('known_leave', 'leave_date'),
    ] -%}
    select
        account,
        employee_key,
        '{{ kind }}' as kind,
        {{ column }} as date,
        cast(null as integer) as years,
        today
    from present
    union all
    {% endfor -%}
    select
        account,
        employee_key,
        'anniversary' as kind,
        date,
        years,
        today
    from anniversaries

),

final as (

    select
        account,
        {{ account_key('employee_key', 'kind') }} as key_date_key,
        employee_key,
        kind,
        date,
        years,
        {{ days_between('today', 'date') }} as days_until
    from dates
    where date >= today

)

select * from final

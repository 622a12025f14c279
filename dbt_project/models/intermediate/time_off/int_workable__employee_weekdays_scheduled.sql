{{ config(materialized='table') }}

{%- set weekdays = [
    'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'
] -%}
with employees as (

    select
        employee_key,
        {{ account_key('account', 'work_schedule_id') }} as work_schedule_key
    from {{ ref('int_workable__employees_combined') }}

),

history as (

    select
        employee_key,
        work_schedule_key,
        {{ local_date('dbt_valid_from') }} as valid_from,
        {{ local_date('dbt_valid_to') }} as valid_to
    from {{ ref('snapshot_employees') }}

),

requests as (

    select * from {{ ref('hris_timeoff_requests') }}

),

schedules as (

    select * from {{ ref('int_workable__work_schedules_expanded') }}

),

-- Of several versions on one date the last holds.
observed as (

    select *
    from history
    where valid_from < valid_to or valid_to is null

),

first_seen as (

    select
        employee_key,
        min(valid_from) as seen_from
    from observed
    group by employee_key

),

-- Requests whose employee is not listed (a missing scope) are of somebody without a schedule.
people as (

    select
        employee_key,
        work_schedule_key
    from employees
    union
    select
        requests.employee_key,
        null as work_schedule_key
    from requests
    where
        requests.employee_key is not null
        and requests.employee_key not in (select employees.employee_key from employees)

),

-- Before anybody looked the present schedule stands in.
dated as (

    select
        employee_key,
        work_schedule_key,
        valid_from,
        valid_to,
        'observed' as basis
    from observed
    union all
    select
        people.employee_key,
        people.work_schedule_key,
        cast(null as date) as valid_from,
        first_seen.seen_from as valid_to,
        'present' as basis
    from people
    left join first_seen on people.employee_key = first_seen.employee_key

),

hours as (

    {% for weekday in weekdays %}
    select
        work_schedule_key,
        {{ loop.index }} as weekday,
        {{ weekday }}_hours as scheduled_hours
    from schedules
    where {{ weekday }}_hours > 0
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- A schedule that lists no day says nothing: as without one, Monday to Friday, eight hours.
known as (

    select work_schedule_key
    from schedules
    where working_days > 0

),

usual as (

    {% for weekday in weekdays[:5] %}
    select
        {{ loop.index }} as weekday,
        cast(8 as decimal(38, 9)) as scheduled_hours
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        dated.employee_key,
        dated.valid_from,
        dated.valid_to,
        hours.weekday,
        hours.scheduled_hours,
        dated.basis
    from dated
    inner join hours on dated.work_schedule_key = hours.work_schedule_key
    union all
    select
        dated.employee_key,
        dated.valid_from,
        dated.valid_to,
        usual.weekday,
        usual.scheduled_hours,
        'usual' as basis
    from dated
    cross join usual
    left join known on dated.work_schedule_key = known.work_schedule_key
    where known.work_schedule_key is null

)

select * from final

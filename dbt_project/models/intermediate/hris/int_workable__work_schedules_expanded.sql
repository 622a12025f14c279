{%- set weekdays = [
    'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'
] -%}
with schedules as (

    select * from {{ ref('stg_workable__work_schedules') }}

),

days as (

    {{ json_each_element('schedules', 'work_days', ['work_schedule_key']) }}

),

hours as (

    select
        work_schedule_key,
        lower({{ json_text('element', 'day_of_week') }}) as weekday,
        {{ text_decimal(json_text('element', 'work_hours')) }} as work_hours
    from days

),

-- Only working days are listed, so a day that is missing has no hours.
weeks as (

    select
        work_schedule_key,
        cast(sum(work_hours) as decimal(38, 9)) as listed_hours,
        {%- for weekday in weekdays %}
        cast(
            sum(case when weekday = '{{ weekday }}' then work_hours else 0 end) as decimal(38, 9)
        ) as {{ weekday }}_hours,
        {%- endfor %}
        cast(count(distinct weekday) as integer) as working_days
    from hours
    group by work_schedule_key

),

final as (

    select
        schedules.account,
        schedules.work_schedule_key,
        schedules.work_schedule_id,
        schedules.name,
        schedules.status,
        schedules.week_starts_on,
        cast(
            coalesce(schedules.weekly_hours, weeks.listed_hours) as decimal(38, 9)
        ) as weekly_hours,
        {%- for weekday in weekdays %}
        weeks.{{ weekday }}_hours,
        {%- endfor %}
        coalesce(weeks.working_days, 0) as working_days,
        coalesce(schedules.is_sample, false) as is_sample,
        {{ hris_lifecycle_columns() }}
    from schedules
    left join weeks on schedules.work_schedule_key = weeks.work_schedule_key
    {{ hris_lifecycle_joins('schedules', 'work_schedules', 'work_schedule_id') }}

)

select * from final

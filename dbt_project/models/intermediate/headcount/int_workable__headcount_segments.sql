{{ config(materialized='table') }}

with employments as (

    select * from {{ ref('int_workable__employments_dated') }}
    where is_counted

),

versions as (

    select * from {{ ref('int_workable__employee_versions_dated') }}

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

schedules as (

    select * from {{ ref('hris_work_schedules') }}

),

types as (

    select * from {{ ref('headcount_employment_types') }}

),

clipped as (

    select
        versions.*,
        greatest(versions.valid_from, employments.start_date) as segment_from,
        least(
            coalesce(versions.valid_to, cast('9999-12-31' as date)),
            coalesce(employments.leave_date, cast('9999-12-31' as date)),
            {{ add_days('histories.today', 1) }}
        ) as segment_to
    from versions
    inner join employments on versions.employee_key = employments.employee_key
    inner join histories on versions.account = histories.account

),

final as (

    select
        clipped.account,
        clipped.employee_key,
        clipped.segment_from,
        clipped.segment_to,
        clipped.department_key,
        clipped.legal_entity_key,
        clipped.location_key,
        clipped.employment_type,
        {{ hris_full_time_equivalent('schedules.weekly_hours') }} as full_time_equivalent,
        coalesce(types.counts_in_turnover, true) as counts_in_turnover
    from clipped
    left join schedules on clipped.work_schedule_key = schedules.work_schedule_key
    left join types on clipped.employment_type = types.employment_type
    where clipped.segment_from < clipped.segment_to

)

select * from final

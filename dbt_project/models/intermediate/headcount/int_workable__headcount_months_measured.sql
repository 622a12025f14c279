{{ config(materialized='table') }}

with segments as (

    select * from {{ ref('int_workable__headcount_segments') }}

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

-- The month in which a segment ends is in: its opening counts who was there the day before.
exploded as (

    select
        segments.*,
        histories.today,
        histories.built_from,
        {{ each_month(
            month_of('segments.segment_from'), month_of('segments.segment_to')
        ) }} as month
    from segments
    inner join histories on segments.account = histories.account

),

bounded as (

    select
        *,
        least({{ add_months('month', 1) }}, {{ add_days('today', 1) }}) as month_to
    from exploded
    where
        month <= {{ month_of('today') }}
        and (built_from is null or month >= {{ month_of('built_from') }})

),

weighed as (

    select
        *,
        case when segment_from < month and segment_to >= month then 1 else 0 end as opening,
        case when segment_from < month_to and segment_to >= month_to then 1 else 0 end as closing,
        greatest(
            0, {{ days_between('greatest(segment_from, month)', 'least(segment_to, month_to)') }}
        ) as head_days
    from bounded

),

final as (

    select
        account,
        month,
        department_key,
        legal_entity_key,
        location_key,
        employment_type,
        cast(sum(opening) as integer) as opening,
        cast(sum(closing) as integer) as closing,
        cast(sum(head_days) as integer) as head_days,
        cast(sum(head_days * full_time_equivalent) as decimal(38, 9)) as fte_days,
        cast(sum(case when counts_in_turnover then head_days else 0 end) as integer)
            as turnover_head_days
    from weighed
    group by
        account, month, department_key, legal_entity_key, location_key, employment_type

)

select * from final

with segments as (

    select * from {{ ref('int_workable__headcount_segments') }}

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

exploded as (

    select
        segments.*,
        {{ each_day(
            "greatest(segments.segment_from, coalesce(histories.built_from, segments.segment_from))",
            add_days('segments.segment_to', -1)
        ) }} as date
    from segments
    inner join histories on segments.account = histories.account

),

counted as (

    select
        account,
        date,
        department_key,
        legal_entity_key,
        location_key,
        employment_type,
        cast(count(*) as integer) as heads,
        cast(sum(full_time_equivalent) as decimal(38, 9)) as fte,
        cast(count(full_time_equivalent) as integer) as heads_with_fte
    from exploded
    group by account, date, department_key, legal_entity_key, location_key, employment_type

),

final as (

    select
        counted.account,
        {{ account_key(
            'counted.account', 'cast(counted.date as ' ~ dbt.type_string() ~ ')',
            key_part('counted.department_key'), key_part('counted.legal_entity_key'),
            key_part('counted.location_key'), key_part('counted.employment_type')
        ) }} as daily_key,
        counted.date,
        counted.department_key,
        counted.legal_entity_key,
        counted.location_key,
        counted.employment_type,
        counted.heads,
        counted.fte,
        counted.heads_with_fte,
        histories.history_from,
        {{ headcount_basis('counted.date') }} as basis
    from counted
    inner join histories on counted.account = histories.account

)

select * from final

with snapshots as (

    select * from {{ ref('snapshot_employees') }}

),

seen as (

    select
        account,
        {{ local_date('min(dbt_valid_from)') }} as first_seen_date
    from snapshots
    group by account

),

final as (

    select
        account,
        first_seen_date,
        coalesce(
            {{ headcount_history_from() }},
            {{ add_months(month_of('first_seen_date'), 1) }}
        ) as history_from,
        {{ "cast('" ~ var('headcount_built_from') ~ "' as date)"
            if var('headcount_built_from', none) else 'cast(null as date)' }} as built_from,
        {{ today() }} as today
    from seen

)

select * from final

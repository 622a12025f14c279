with versions as (

    select
        *,
        {{ days_between('seen_from_date', 'seen_until_date') }} as days_held
    from {{ ref('int_workable__requisition_versions_dated') }}

),

final as (

    select
        account,
        requisition_key,
        min(case when is_vacant then seen_from end) as first_seen_open_at,
        min(case when state = 'filled' and not is_first_look then seen_from end)
            as first_seen_filled_at,
        cast(sum(case when is_vacant then days_held end) as integer) as days_seen_open,
        cast(sum(case when is_on_hold then days_held end) as integer) as days_seen_on_hold,
        bool_or(is_first_look and state in ('open', 'reserved', 'on_hold', 'filled'))
            as is_opened_before_history
    from versions
    group by account, requisition_key

)

select * from final

with versions as (

    select
        *,
        coalesce(state in ('open', 'reserved') and not is_deleted, false) as is_vacant,
        coalesce(state = 'on_hold' and not is_deleted, false) as is_on_hold,
        coalesce(dbt_valid_to, {{ as_of() }}) as valid_until
    from {{ ref('snapshot_requisitions') }}
    where {{ version_held() }}

),

-- Since when an account is looked at; one that has no requisitions yet has jobs.
looks as (

    select
        account,
        dbt_valid_from
    from {{ ref('snapshot_requisitions') }}
    union all
    select
        account,
        dbt_valid_from
    from {{ ref('snapshot_jobs') }}

),

histories as (

    select
        account,
        min(dbt_valid_from) as began_at
    from looks
    group by account

),

placed as (

    select
        versions.*,
        versions.dbt_valid_from <= histories.began_at as is_first_look,
        {{ days_between(
            local_date('versions.dbt_valid_from'), local_date('versions.valid_until')
        ) }} as days_held
    from versions
    inner join histories on versions.account = histories.account

),

final as (

    select
        account,
        requisition_key,
        min(case when is_vacant then dbt_valid_from end) as first_seen_open_at,
        min(case when state = 'filled' and not is_first_look then dbt_valid_from end)
            as first_seen_filled_at,
        cast(sum(case when is_vacant then days_held end) as integer) as days_seen_open,
        cast(sum(case when is_on_hold then days_held end) as integer) as days_seen_on_hold,
        bool_or(is_first_look and state in ('open', 'reserved', 'on_hold', 'filled'))
            as is_opened_before_history
    from placed
    group by account, requisition_key

)

select * from final

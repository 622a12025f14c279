with versions as (

    select
        *,
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

final as (

    select
        versions.account,
        versions.requisition_key,
        versions.state,
        versions.dbt_valid_from as seen_from,
        versions.valid_until as seen_until,
        {{ local_date('versions.dbt_valid_from') }} as seen_from_date,
        {{ local_date('versions.valid_until') }} as seen_until_date,
        coalesce(versions.state in ('open', 'reserved') and not versions.is_deleted, false)
            as is_vacant,
        coalesce(versions.state = 'on_hold' and not versions.is_deleted, false) as is_on_hold,
        versions.dbt_valid_from <= histories.began_at as is_first_look
    from versions
    inner join histories on versions.account = histories.account

)

select * from final

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

first_versions as (

    select
        account,
        requisition_key,
        min(dbt_valid_from) as first_seen_at
    from {{ ref('snapshot_requisitions') }}
    group by account, requisition_key

),

-- A build has looked since it was there, and did not see it: the token could not read requisitions
-- yet. The day between covers one that came while that build's load was under way.
unseen_before as (

    select distinct
        first_versions.requisition_key,
        first_versions.first_seen_at
    from first_versions
    inner join {{ ref('ats_requisitions') }} as requisitions
        on first_versions.requisition_key = requisitions.requisition_key
    inner join looks
        on
            first_versions.account = looks.account
            and first_versions.first_seen_at > looks.dbt_valid_from
            and {{ dbt.dateadd('day', 1, 'requisitions.created_at') }} < looks.dbt_valid_from

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
        versions.dbt_valid_from <= histories.began_at or unseen_before.requisition_key is not null
            as is_first_look
    from versions
    inner join histories on versions.account = histories.account
    left join unseen_before
        on
            versions.requisition_key = unseen_before.requisition_key
            and versions.dbt_valid_from = unseen_before.first_seen_at

)

select * from final

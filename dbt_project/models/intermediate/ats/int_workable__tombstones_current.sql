with tombstones as (

    select * from {{ ref('stg_workable__tombstones') }}

),

-- `not_listed` (a limited view lost sight of it) and `anonymized` records are still in Workable.
final as (

    select
        account,
        resource,
        record_id,
        replaced_by_id,
        reason,
        deleted_at
    from tombstones
    where
        resolved_at is null
        and reason in ('deleted', 'relocated')

)

select * from final

with syncs as (

    select * from {{ ref('stg_workable__syncs') }}

),

final as (

    select
        account,
        resource,
        max(completed_at) as synced_at
    from syncs
    where is_complete
    group by account, resource

)

select * from final

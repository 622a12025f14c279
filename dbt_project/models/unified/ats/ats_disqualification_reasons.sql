with reasons as (

    select * from {{ ref('stg_workable__disqualification_reasons') }}

),

tombstones as (

    select * from {{ ref('int_workable__tombstones_current') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

final as (

    select
        reasons.account,
        reasons.disqualification_reason_key,
        reasons.disqualification_reason_id,
        reasons.description,
        case
            when reasons.is_withdrawal then 'withdrew' else 'rejected'
        end as disqualification_type,
        coalesce(reasons.is_withdrawal, false) as is_withdrawal,
        cast(reasons.position as integer) as position,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        syncs.synced_at,
        tombstones.record_id is not null as is_deleted,
        tombstones.deleted_at
    from reasons
    left join tombstones
        on
            reasons.account = tombstones.account
            and reasons.disqualification_reason_id = tombstones.record_id
            and tombstones.resource = 'disqualification_reasons'
    left join syncs
        on reasons.account = syncs.account and syncs.resource = 'disqualification_reasons'

)

select * from final

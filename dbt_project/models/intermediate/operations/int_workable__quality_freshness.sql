with syncs as (

    select * from {{ ref('stg_workable__syncs') }}

),

clock as (

    select {{ as_of() }} as as_of

),

complete as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

attempts as (

    select
        *,
        row_number() over (
            partition by account, resource order by began_at desc, run_id desc
        ) as place
    from syncs

),

final as (

    select
        attempts.account,
        attempts.resource,
        attempts.status,
        complete.synced_at,
        {{ hours_between('complete.synced_at', 'clock.as_of') }} as hours_since_sync,
        -- What a token has no scope for, or nobody wants, is not late.
        attempts.status not in ('skipped', 'off')
        and (
            complete.synced_at is null
            or {{ hours_between('complete.synced_at', 'clock.as_of') }} > {{ stale_after_hours() }}
        ) as is_stale
    from attempts
    cross join clock
    left join complete
        on attempts.account = complete.account and attempts.resource = complete.resource
    where attempts.place = 1

)

select * from final

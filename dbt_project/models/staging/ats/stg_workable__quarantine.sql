with source as (

    select * from {{ source('workable_raw', '_quarantine') }}

),

renamed as (

    select
        account,
        resource,
        record_id,
        reason,
        first_seen_at,
        last_seen_at,
        resolved_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', '_tombstones') }}

),

renamed as (

    select
        account,
        resource,
        record_id,
        replaced_by_id,
        reason,
        deleted_at,
        resolved_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', '_visits') }}

),

renamed as (

    select
        account,
        resource,
        parent_id,
        read_at,
        listed_updated_at,
        found as is_found
    from source

)

select * from renamed

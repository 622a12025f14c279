with source as (

    select * from {{ source('workable_raw', 'stages') }}

),

renamed as (

    select
        account,
        id as stage_id,
        identifier,
        slug,
        name,
        kind,
        position,
        _read_at as read_at
    from source

)

select * from renamed

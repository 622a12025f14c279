with source as (

    select * from {{ source('workable_raw', 'permission_sets') }}

),

renamed as (

    select
        account,
        id as permission_set_id,
        name,
        {{ json_to_text('label') }} as labels,
        {{ json_to_text('description') }} as descriptions,
        _read_at as read_at
    from source

)

select * from renamed

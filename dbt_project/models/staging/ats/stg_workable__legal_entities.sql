with source as (

    select * from {{ source('workable_raw', 'legal_entities') }}

),

renamed as (

    select
        account,
        id as legal_entity_id,
        parent_id as parent_legal_entity_id,
        name,
        legal_name,
        display_name,
        type as entity_type,
        timezone as time_zone,
        sample as is_sample,
        _read_at as read_at
    from source

)

select * from renamed

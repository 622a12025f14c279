with source as (

    select * from {{ source('workable_raw', 'custom_attributes') }}

),

renamed as (

    select
        account,
        id as custom_attribute_id,
        type as attribute_type,
        label,
        hint,
        {{ json_column('choices') }} as choices,
        enabled as is_enabled,
        single_answer as is_single_answer,
        _read_at as read_at
    from source

)

select * from renamed

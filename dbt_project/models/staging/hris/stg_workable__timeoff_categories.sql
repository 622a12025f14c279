with source as (

    select * from {{ source('workable_raw', 'timeoff_categories') }}

),

renamed as (

    select
        account,
        {{ account_key('account', 'id') }} as timeoff_type_key,
        id as timeoff_type_id,
        {{ blank_to_null('name') }} as name,
        {{ blank_to_null('description') }} as description,
        {{ blank_to_null('type') }} as pay_type,
        _read_at as read_at
    from source

)

select * from renamed

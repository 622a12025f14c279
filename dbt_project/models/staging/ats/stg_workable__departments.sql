with source as (

    select * from {{ source('workable_raw', 'departments') }}

),

renamed as (

    select
        account,
        id as department_id,
        {{ account_key('account', 'id') }} as department_key,
        parent_id as parent_department_id,
        {{ account_key('account', 'parent_id') }} as parent_department_key,
        {{ blank_to_null('name') }} as name,
        sample as is_sample,
        _read_at as read_at
    from source

)

select * from renamed

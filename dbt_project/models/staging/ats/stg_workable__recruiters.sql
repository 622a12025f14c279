with source as (

    select * from {{ source('workable_raw', 'recruiters') }}

),

renamed as (

    select
        account,
        id as recruiter_id,
        {{ account_key('account', "'recruiter'", 'id') }} as user_key,
        name,
        email,
        _read_at as read_at
    from source

)

select * from renamed

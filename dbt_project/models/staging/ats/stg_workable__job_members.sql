with source as (

    select * from {{ source('workable_raw', 'job_members') }}

),

renamed as (

    select
        account,
        shortcode,
        {{ account_key('account', 'shortcode') }} as job_key,
        {{ account_key('account', 'shortcode', 'id') }} as job_member_key,
        id as member_id,
        {{ account_key('account', "'member'", 'id') }} as user_key,
        name,
        headline,
        email,
        role,
        type as member_type,
        collaboration_role,
        active as is_active,
        _read_at as read_at
    from source

)

select * from renamed

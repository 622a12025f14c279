with source as (

    select * from {{ source('workable_raw', 'members') }}

),

renamed as (

    select
        account,
        id as member_id,
        {{ account_key('account', "'member'", 'id') }} as user_key,
        name,
        headline,
        email,
        role,
        type as member_type,
        hris_role,
        {{ json_column('roles') }} as roles,
        {{ json_column('collaboration_rules') }} as collaboration_rules,
        active as is_active,
        _read_at as read_at
    from source

)

select * from renamed

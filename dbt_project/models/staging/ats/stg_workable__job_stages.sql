with source as (

    select * from {{ source('workable_raw', 'job_stages') }}

),

renamed as (

    select
        account,
        shortcode,
        {{ account_key('account', 'shortcode') }} as job_key,
        {{ account_key('account', 'shortcode', 'id') }} as stage_key,
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

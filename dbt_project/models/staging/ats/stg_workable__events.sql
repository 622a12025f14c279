with source as (

    select * from {{ source('workable_raw', 'events') }}

),

renamed as (

    select
        account,
        id as event_id,
        {{ account_key('account', 'id') }} as event_key,
        {{ json_text('candidate', 'id') }} as candidate_id,
        {{ json_text('job', 'shortcode') }} as job_shortcode,
        title,
        description,
        type as event_type,
        {{ json_text('conference', 'type') }} as conference_type,
        {{ json_column('members') }} as members,
        cancelled as is_cancelled,
        starts_at,
        ends_at,
        created_at,
        updated_at,
        _read_at as read_at
    from source

)

select * from renamed

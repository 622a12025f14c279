with source as (

    select * from {{ source('workable_raw', 'job_activities') }}

),

renamed as (

    select
        account,
        id as activity_id,
        {{ account_key('account', 'id') }} as activity_key,
        shortcode as job_shortcode,
        {{ account_key('account', 'shortcode') }} as job_key,
        {{ json_text('candidate', 'id') }} as candidate_id,
        {{ json_text('member', 'id') }} as member_id,
        {{ json_text('member', 'type') }} as member_type,
        action,
        stage_name,
        body,
        {{ json_text('rating', 'score') }} as rating_score,
        {{ json_text('rating', 'scale') }} as rating_scale,
        {{ text_integer(json_text('rating', 'grade')) }} as rating_grade,
        created_at,
        _read_at as read_at
    from source

)

select * from renamed

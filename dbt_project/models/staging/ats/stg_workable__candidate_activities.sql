with source as (

    select * from {{ source('workable_raw', 'candidate_activities') }}

),

renamed as (

    select
        account,
        id as activity_id,
        {{ account_key('account', 'id') }} as activity_key,
        candidate_id,
        {{ json_text('member', 'id') }} as member_id,
        {{ json_text('member', 'type') }} as member_type,
        action,
        stage_name,
        body,
        {{ json_text('action_stage', 'id') }} as action_stage_id,
        {{ json_text('action_stage', 'slug') }} as action_stage_slug,
        {{ json_text('action_stage', 'name') }} as action_stage_name,
        {{ json_text('target_stage', 'id') }} as target_stage_id,
        {{ json_text('target_stage', 'slug') }} as target_stage_slug,
        {{ json_text('target_stage', 'name') }} as target_stage_name,
        {{ json_text('rating', 'score') }} as rating_score,
        {{ json_text('rating', 'scale') }} as rating_scale,
        {{ text_integer(json_text('rating', 'grade')) }} as rating_grade,
        {{ json_column('visibility_roles') }} as visibility_roles,
        created_at,
        updated_at,
        _read_at as read_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', 'candidates') }}

),

renamed as (

    select
        account,
        id as candidate_id,
        {{ account_key('account', 'id') }} as candidate_key,
        {{ json_text('job', 'shortcode') }} as job_shortcode,
        {{ json_text('job', 'title') }} as job_title,
        {{ json_text('talent_pool', 'talent_pool_id') }} as talent_pool_id,
        name as full_name,
        firstname as first_name,
        lastname as last_name,
        headline,
        email,
        phone,
        address,
        stage as stage_name,
        stage_kind,
        disqualification_reason,
        domain as source_domain,
        outlet as source_outlet,
        common_source as source_name,
        common_source_category as source_category,
        profile_url,
        {{ json_text('resume_metadata', 'filename') }} as resume_file_name,
        {{ json_text('resume_metadata', 'filetype') }} as resume_content_type,
        {{ text_timestamp(json_text('resume_metadata', 'created_at')) }} as resume_created_at,
        {{ text_timestamp(json_text('resume_metadata', 'updated_at')) }} as resume_updated_at,
        resume_metadata is not null as has_resume,
        disqualified as is_disqualified,
        withdrew as has_withdrawn,
        anonymized as is_anonymized,
        sourced as is_sourced,
        hired_at,
        moved_to_offer_at,
        created_at,
        updated_at,
        _read_at as read_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', 'candidate_details') }}

),

renamed as (

    select
        account,
        id as candidate_id,
        {{ account_key('account', 'id') }} as candidate_key,
        email,
        phone,
        address,
        headline,
        disqualified as is_disqualified,
        withdrew as has_withdrawn,
        disqualified_at,
        uploader_id,
        cover_letter,
        summary,
        {{ json_text('location', 'city') }} as city,
        {{ json_text('location', 'region') }} as region,
        {{ json_text('location', 'country') }} as country,
        {{ json_text('location', 'country_code') }} as country_code,
        originating_candidate_id,
        {{ json_column('education_entries') }} as education_entries,
        {{ json_column('experience_entries') }} as experience_entries,
        {{ json_column('skills') }} as skills,
        {{ json_column('answers') }} as answers,
        {{ json_column('social_profiles') }} as social_profiles,
        {{ json_column('tags') }} as tags,
        {{ json_column('custom_attributes') }} as custom_attributes,
        created_at,
        updated_at,
        _listed_updated_at as listed_updated_at,
        _read_at as read_at
    from source

)

select * from renamed

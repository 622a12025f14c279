with source as (

    select * from {{ source('workable_raw', 'requisitions') }}

),

renamed as (

    select
        account,
        code,
        {{ account_key('account', 'code') }} as requisition_key,
        id as requisition_id,
        {{ json_text('job', 'id') }} as job_id,
        {{ json_text('job', 'title') }} as job_title,
        {{ json_text('department', 'id') }} as department_id,
        {{ json_text('department', 'name') }} as department_name,
        candidate_id,
        {{ json_text('requester', 'id') }} as requester_id,
        {{ json_text('hiring_manager', 'id') }} as hiring_manager_id,
        {{ json_text('owner', 'id') }} as owner_id,
        {{ json_text('location', 'location_str') }} as location_text,
        {{ json_text('location', 'city') }} as city,
        {{ json_text('location', 'region') }} as region,
        {{ json_text('location', 'country_code') }} as country_code,
        employment_type,
        reason,
        state,
        {{ json_column('approval_groups') }} as approval_groups,
        {{ text_date('plan_date') }} as plan_date,
        {{ text_date('start_date') }} as start_date,
        created_at,
        updated_at,
        _read_at as read_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', 'employees') }}

),

renamed as (

    select
        account,
        {{ account_key('account', 'id') }} as employee_key,
        id as employee_id,
        {{ blank_to_null('manager_id') }} as manager_id,
        {{ blank_to_null('department_id') }} as department_id,
        {{ blank_to_null('division_id') }} as division_id,
        {{ blank_to_null('candidate_id') }} as candidate_id,
        {{ blank_to_null('legal_entity_id') }} as legal_entity_id,
        {{ blank_to_null('work_schedule_id') }} as work_schedule_id,
        template_id,
        onboarding_member_id,
        holiday_calendar_id,
        {{ blank_to_null('employee_number') }} as employee_number,
        {{ blank_to_null('firstname') }} as first_name,
        {{ blank_to_null('lastname') }} as last_name,
        {{ blank_to_null('preferred_name') }} as preferred_name,
        {{ blank_to_null('email') }} as personal_email,
        {{ blank_to_null('work_email') }} as work_email,
        {{ blank_to_null('phone') }} as phone,
        {{ blank_to_null('job_title') }} as job_title,
        {{ blank_to_null('state') }} as state,
        {{ blank_to_null('status_semantic_type') }} as status_semantic_type,
        {{ text_date('start_date') }} as start_date,
        {{ text_date('birthdate') }} as birth_date,
        sample as is_sample,
        {{ json_column('reporting_line') }} as reporting_line,
        {{ json_column('address') }} as address,
        {{ json_column('roles') }} as roles,
        {{ json_column('_extra') }} as extra,
        _read_at as read_at
    from source

)

select * from renamed

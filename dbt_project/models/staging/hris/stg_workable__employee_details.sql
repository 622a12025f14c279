{%- set json_fields = [
    'status', 'country', 'nationality', 'address', 'gender', 'birth_place', 'marital_status_group',
    'phone_group', 'chat_group', 'social_group', 'allergies',
    'dietary_restrictions', 'garment_size_group', 'division', 'team', 'direct_reports',
    'notice_period', 'probation_group', 'employment_group', 'salary_group', 'commission_group',
    'bonus_group', 'stock_options_group', 'assets_group', 'credit_card_group',
    'bank_details_group', 'social_security_number_group', 'national_identification_number_group',
    'tax_identification_number_group', 'social_insurance_number_group', 'citizenship',
    'passport_group', 'visa_group', 'driver_license_group', 'education_group',
    'work_experience_group', 'skills', 'language', 'contact_group',
] -%}
with source as (

    select * from {{ source('workable_raw', 'employee_details') }}

),

renamed as (

    select
        account,
        {{ account_key('account', 'id') }} as employee_key,
        id as employee_id,
        {{ blank_to_null('reports_to') }} as manager_id,
        {{ blank_to_null('department') }} as department_id,
        {{ blank_to_null('legal_entity') }} as legal_entity_id,
        {{ blank_to_null('work_schedule') }} as work_schedule_id,
        {{ blank_to_null('employee_number') }} as employee_number,
        {{ blank_to_null('firstname') }} as first_name,
        {{ blank_to_null('middle_name') }} as middle_name,
        {{ blank_to_null('lastname') }} as last_name,
        {{ blank_to_null('preferred_name') }} as preferred_name,
        {{ blank_to_null('work_email') }} as work_email,
        {{ blank_to_null('job_title') }} as job_title,
        {{ text_date('hire_date') }} as hire_date,
        {{ text_date('start_date') }} as start_date,
        {{ text_date('birthdate') }} as birth_date,
        {{ json_column('personal_email') }} as personal_emails,
        {%- for field in json_fields %}
        {{ json_column(field) }} as {{ field }},
        {%- endfor %}
        {{ json_column('_extra') }} as extra,
        _read_at as read_at
    from source

)

select * from renamed

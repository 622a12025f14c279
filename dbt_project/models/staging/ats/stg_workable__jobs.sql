with source as (

    select * from {{ source('workable_raw', 'jobs') }}

),

renamed as (

    select
        account,
        shortcode,
        {{ account_key('account', 'shortcode') }} as job_key,
        id as job_id,
        title,
        full_title,
        code,
        state,
        department as department_name,
        {{ json_column('department_hierarchy') }} as department_hierarchy,
        url,
        application_url,
        shortlink,
        workplace_type,
        {{ json_text('location', 'location_str') }} as location_text,
        {{ json_text('location', 'city') }} as city,
        {{ json_text('location', 'region') }} as region,
        {{ json_text('location', 'country') }} as country,
        {{ json_text('location', 'country_code') }} as country_code,
        {{ json_column('locations') }} as locations,
        {{ text_decimal(json_text('salary', 'salary_from')) }} as salary_min,
        {{ text_decimal(json_text('salary', 'salary_to')) }} as salary_max,
        upper({{ json_text('salary', 'salary_currency') }}) as salary_currency,
        {{ json_to_text('keywords') }} as keywords,
        sample as is_sample,
        confidential as is_confidential,
        created_at,
        updated_at,
        _read_at as read_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', 'job_details') }}

),

renamed as (

    select
        account,
        shortcode,
        {{ account_key('account', 'shortcode') }} as job_key,
        full_description,
        description,
        requirements,
        benefits,
        employment_type,
        industry,
        function as job_function,
        experience,
        education,
        updated_at,
        _listed_updated_at as listed_updated_at,
        _read_at as read_at
    from source

)

select * from renamed

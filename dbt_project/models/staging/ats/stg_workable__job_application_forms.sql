with source as (

    select * from {{ source('workable_raw', 'job_application_forms') }}

),

renamed as (

    select
        account,
        shortcode,
        {{ account_key('account', 'shortcode') }} as job_key,
        item_kind,
        item_id,
        label,
        body,
        type as item_type,
        required as is_required,
        single_answer as is_single_answer,
        multiple as is_multiple,
        {{ json_column('choices') }} as choices,
        {{ json_column('fields') }} as fields,
        max_length,
        max_file_size,
        position,
        _read_at as read_at
    from source

)

select * from renamed

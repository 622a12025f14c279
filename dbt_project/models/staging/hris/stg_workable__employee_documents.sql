with source as (

    select * from {{ source('workable_raw', 'employee_documents') }}

),

renamed as (

    select
        account,
        {{ account_key('account', 'employee_id', 'document_key') }} as employee_document_key,
        {{ account_key('account', 'employee_id') }} as employee_key,
        employee_id,
        id as document_id,
        filename as file_name,
        type as document_type,
        created_by as created_by_name,
        filesize as size_bytes,
        created_at,
        updated_at,
        _read_at as read_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', 'employee_fields') }}

),

renamed as (

    select
        account,
        {{ account_key('account', 'id') }} as field_key,
        id as field_id,
        {{ blank_to_null('label') }} as label,
        {{ blank_to_null('hint') }} as hint,
        {{ blank_to_null('type') }} as field_type,
        approvable_by,
        editable_by,
        viewable_by,
        editable_by_new as editable_by_mask,
        viewable_by_new as viewable_by_mask,
        date_format,
        keep_history as keeps_history,
        is_multiple,
        autogenerate as is_generated,
        {{ json_column('choices') }} as choices,
        {{ json_column('subfields') }} as subfields,
        _read_at as read_at
    from source

)

select * from renamed

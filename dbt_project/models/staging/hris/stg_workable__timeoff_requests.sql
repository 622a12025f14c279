with source as (

    select * from {{ source('workable_raw', 'timeoff_requests') }}

),

renamed as (

    select
        account,
        {{ account_key('account', 'id') }} as timeoff_request_key,
        {{ account_key('account', 'employee_id') }} as employee_key,
        id as timeoff_request_id,
        employee_id,
        {{ blank_to_null('category_name') }} as type_name,
        {{ blank_to_null('state') }} as state,
        {{ blank_to_null('timeoff_tracking_unit') }} as unit,
        requesting_total as amount,
        {{ text_date('from_date') }} as start_date,
        {{ text_date('to_date') }} as end_date,
        {{ text_timestamp('from_date') }} as starts_at_local,
        {{ text_timestamp('to_date') }} as ends_at_local,
        updated_by as last_changed_by_name,
        {{ json_column('half_days') }} as half_days,
        {{ json_column('pending_approvals') }} as pending_approvals,
        updated_at,
        _read_at as read_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', 'timeoff_balances') }}

),

renamed as (

    select
        account,
        {{ account_key('account', 'employee_id', 'category_id') }} as timeoff_balance_key,
        {{ account_key('account', 'employee_id') }} as employee_key,
        {{ account_key('account', 'category_id') }} as timeoff_type_key,
        employee_id,
        category_id as timeoff_type_id,
        {{ blank_to_null('name') }} as type_name,
        {{ blank_to_null('time_off_tracking_unit') }} as unit,
        units_available as available,
        units_used as used,
        units_carry_over_available as carried_over,
        has_unlimited_timeoff as is_unlimited,
        _read_at as read_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', 'time_entries') }}

),

renamed as (

    select
        account,
        {{ account_key('account', 'uuid') }} as time_entry_key,
        {{ account_key('account', 'employee_id') }} as employee_key,
        uuid as time_entry_id,
        employee_id,
        type as entry_type,
        timezone as time_zone,
        note,
        worked_minutes,
        is_active,
        clock_in_time as clocked_in_at,
        clock_out_time as clocked_out_at,
        _read_at as read_at
    from source

)

select * from renamed

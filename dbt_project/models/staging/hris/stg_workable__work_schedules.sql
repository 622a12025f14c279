with source as (

    select * from {{ source('workable_raw', 'work_schedules') }}

),

renamed as (

    select
        account,
        {{ account_key('account', 'id') }} as work_schedule_key,
        id as work_schedule_id,
        {{ blank_to_null('name') }} as name,
        {{ blank_to_null('status') }} as status,
        {{ blank_to_null('week_starts_on') }} as week_starts_on,
        {{ text_decimal('work_hours') }} as weekly_hours,
        sample as is_sample,
        {{ json_column('work_days') }} as work_days,
        _read_at as read_at
    from source

)

select * from renamed

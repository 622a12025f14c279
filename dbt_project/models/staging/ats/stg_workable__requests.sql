with source as (

    select * from {{ source('workable_raw', '_requests') }}

),

renamed as (

    select
        account,
        run_id,
        resource,
        endpoint,
        status as http_status,
        requests as request_count,
        bytes as byte_count,
        seconds,
        waited_seconds,
        first_at,
        last_at
    from source

)

select * from renamed

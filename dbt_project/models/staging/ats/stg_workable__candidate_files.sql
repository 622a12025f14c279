with source as (

    select * from {{ source('workable_raw', 'candidate_files') }}

),

renamed as (

    select
        account,
        candidate_id,
        name as file_name,
        kind,
        ordinal,
        source as origin,
        _read_at as read_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', '_syncs') }}

),

loads as (

    select load_id
    from {{ source('workable_raw', '_dlt_loads') }}
    where status = 0

),

-- A load package is no transaction: its tables are merged one after another and _dlt_loads is
-- written last, so a row of an interrupted package says nothing.
committed as (

    select *
    from source
    where _dlt_load_id in (select loads.load_id from loads)

),

final as (

    select
        account,
        resource,
        run_id,
        mode,
        viewpoint,
        began_at,
        completed_at,
        watermark,
        rows as row_count,
        requests as request_count,
        status,
        error,
        coalesce(complete, false) as is_complete
    from committed

)

select * from final

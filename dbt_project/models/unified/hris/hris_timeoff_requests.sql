with requests as (

    select * from {{ ref('int_workable__timeoff_requests_typed') }}

),

final as (

    select
        requests.*,
        cast(null as {{ dbt.type_timestamp() }}) as created_at
    from requests

)

select * from final

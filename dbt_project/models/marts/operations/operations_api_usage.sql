with requests as (

    select * from {{ ref('stg_workable__requests') }}

),

dated as (

    select
        *,
        {{ local_date('first_at') }} as usage_date
    from requests

),

final as (

    select
        account,
        account || ':' || run_id || ':' || resource
        || ':' || cast(usage_date as {{ dbt.type_string() }}) as api_usage_key,
        run_id,
        resource,
        usage_date,
        cast(sum(request_count) as {{ dbt.type_bigint() }}) as requests,
        cast(
            sum(case when http_status between 200 and 299 then request_count else 0 end)
            as {{ dbt.type_bigint() }}
        ) as answered,
        cast(
            sum(case when http_status = 429 then request_count else 0 end)
            as {{ dbt.type_bigint() }}
        ) as rate_limited,
        cast(
            sum(case when http_status = 0 or http_status >= 500 then request_count else 0 end)
            as {{ dbt.type_bigint() }}
        ) as failed,
        cast(
            sum(case
                when http_status between 300 and 428 or http_status between 430 and 499
                    then request_count
                else 0
            end) as {{ dbt.type_bigint() }}
        ) as refused,
        cast(sum(coalesce(byte_count, 0)) as {{ dbt.type_bigint() }}) as bytes,
        cast(sum(coalesce(seconds, 0)) as decimal(38, 9)) as seconds,
        cast(sum(coalesce(waited_seconds, 0)) as decimal(38, 9)) as waited_seconds,
        min(first_at) as first_at,
        max(last_at) as last_at
    from dated
    group by account, run_id, resource, usage_date

)

select * from final

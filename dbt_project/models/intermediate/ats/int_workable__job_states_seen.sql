with versions as (

    select * from {{ ref('snapshot_jobs') }}
    where {{ version_held() }}

),

marked as (

    select
        *,
        case
            when
                coalesce(status, '') = lag(coalesce(status, '')) over (
                    partition by job_key order by dbt_valid_from
                )
                then 0
            else 1
        end as is_new
    from versions

),

numbered as (

    select
        *,
        sum(is_new) over (partition by job_key order by dbt_valid_from) as state_number
    from marked

),

-- What changed beside the status makes a version, but no state.
merged as (

    select
        account,
        job_key,
        state_number,
        max(status) as status,
        min(dbt_valid_from) as seen_from,
        case when count(*) = count(dbt_valid_to) then max(dbt_valid_to) end as seen_until
    from numbered
    group by account, job_key, state_number

),

final as (

    select
        *,
        lag(status) over (partition by job_key order by state_number) as status_before
    from merged

)

select * from final

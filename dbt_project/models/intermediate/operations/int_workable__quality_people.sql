with employments as (

    select * from {{ ref('int_workable__employments_dated') }}

),

snapshots as (

    select * from {{ ref('snapshot_employees') }}

),

uncounted as (

    select
        account,
        employee_key,
        uncounted_reason as reason
    from employments
    where uncounted_reason in ('no_start_date', 'no_leave_date', 'left_before_start')

),

compared as (

    select
        account,
        employee_key,
        start_date,
        lag(start_date) over (partition by employee_key order by dbt_valid_from, dbt_valid_to)
            as earlier_start_date,
        dbt_valid_from
    from snapshots
    where {{ version_held() }}

),

edited as (

    select
        employments.account,
        employments.employee_key,
        max(compared.dbt_valid_from) as seen_at
    from compared
    inner join employments on compared.employee_key = employments.employee_key
    where
        coalesce(employments.uncounted_reason, '') <> 'sample'
        and abs({{ days_between('compared.earlier_start_date', 'compared.start_date') }}) > 30
    group by employments.account, employments.employee_key

),

final as (

    select
        account,
        employee_key,
        'counted_nowhere' as check_name,
        reason,
        cast(null as {{ dbt.type_timestamp() }}) as seen_at
    from uncounted
    union all
    select
        account,
        employee_key,
        'start_date_edited' as check_name,
        'by_more_than_30_days' as reason,
        seen_at
    from edited

)

select * from final

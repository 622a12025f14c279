with versions as (

    select * from {{ ref('snapshot_timeoff_balances') }}
    where {{ version_held() }}

),

employees as (

    select * from {{ ref('int_workable__employees_combined') }}
    where {{ sample_counts() }}

),

departments as (

    select * from {{ ref('int_workable__employee_departments_dated') }}

),

clock as (

    select {{ today() }} as today

),

-- From the month of the first version on; the month of today has no end yet.
spans as (

    select
        min({{ local_date('versions.dbt_valid_from') }}) as first_date,
        clock.today
    from versions
    cross join clock
    group by clock.today

),

months as (

    select
        {{ each_month(month_of('first_date'), add_months(month_of('today'), -1)) }} as month
    from spans

),

month_ends as (

    select
        month,
        {{ add_days(add_months('month', 1), -1) }} as month_end
    from months

),

-- What the last sync of a month's last day saw.
held as (

    select
        versions.*,
        {{ local_date('versions.dbt_valid_from') }} as valid_from,
        {{ local_date('versions.dbt_valid_to') }} as valid_to
    from versions

),

final as (

    select
        held.account,
        held.timeoff_balance_key
        || ':' || cast(month_ends.month as {{ dbt.type_string() }}) as balance_month_key,
        held.timeoff_balance_key,
        month_ends.month,
        held.employee_key,
        departments.department_key,
        held.timeoff_type_key,
        held.unit,
        held.available,
        held.used,
        held.carried_over,
        held.is_unlimited
    from month_ends
    inner join held
        on {{ date_within('month_ends.month_end', 'held.valid_from', 'held.valid_to') }}
    inner join employees on held.employee_key = employees.employee_key
    left join departments
        on
            held.employee_key = departments.employee_key
            and {{ date_within(
                'month_ends.month_end', 'departments.valid_from', 'departments.valid_to'
            ) }}

)

select * from final

with balances as (

    select * from {{ ref('stg_workable__timeoff_balances') }}

),

employees as (

    select * from {{ ref('int_workable__employees_combined') }}
    {% if not var('include_deleted', false) %}
    where not is_deleted
    {% endif %}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}
    where resource = 'timeoff_balances'

),

final as (

    select
        balances.account,
        balances.timeoff_balance_key,
        balances.employee_key,
        balances.timeoff_type_key,
        balances.type_name,
        {{ hris_timeoff_unit('balances.unit') }} as unit,
        balances.unit as unit_raw,
        balances.available,
        balances.used,
        balances.carried_over,
        balances.is_unlimited,
        balances.read_at as as_of_at,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        syncs.synced_at,
        employees.is_deleted,
        employees.deleted_at
    from balances
    inner join employees on balances.employee_key = employees.employee_key
    left join syncs on balances.account = syncs.account

)

select * from final

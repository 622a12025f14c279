{% snapshot snapshot_timeoff_balances %}

{{ config(
    unique_key='timeoff_balance_key', strategy='check', check_cols='all', hard_deletes='invalidate'
) }}

-- An employee's list is replaced whole, so a balance that is missing from it has ended.
with balances as (

    select
        account,
        timeoff_balance_key,
        employee_key,
        timeoff_type_key,
        {{ hris_timeoff_unit('unit') }} as unit,
        available,
        used,
        carried_over,
        is_unlimited
    from {{ ref('stg_workable__timeoff_balances') }}

),

final as (

    select * from balances
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

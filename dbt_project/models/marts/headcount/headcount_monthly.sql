{%- set cell = headcount_cells() -%}
{%- set key = account_key('account', key_part('department_key'), key_part('legal_entity_key'),
    key_part('location_key'), key_part('employment_type')) -%}
with histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

measured as (

    select
        *,
        {{ key }} as cell_key
    from {{ ref('int_workable__headcount_months_measured') }}

),

moved as (

    select
        {{ key }} as cell_key,
        month,
        {{ headcount_movement_counts('is_cell_changed') }}
    from {{ ref('int_workable__movement_sides') }}
    group by
        account, month, department_key, legal_entity_key, location_key, employment_type

),

{{ headcount_months(cell) }},

final as (

    select
        account,
        cell_key || ':' || cast(month as {{ dbt.type_string() }}) as monthly_key,
        month,
        department_key,
        legal_entity_key,
        location_key,
        employment_type,
        {{ headcount_month_columns() }}
    from summed

)

select * from final

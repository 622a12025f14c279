with histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

cell_months as (

    select * from {{ ref('int_workable__headcount_months_measured') }}

),

sides as (

    select * from {{ ref('int_workable__movement_sides') }}

),

-- A change of department is none of the company's, and its sums are made from the same rows.
measured as (

    {% for department, key, total in [
        (key_part('department_key'), 'department_key', 'false'),
        ("'ALL'", 'cast(null as ' ~ dbt.type_string() ~ ')', 'true'),
    ] -%}
    select
        account,
        month,
        {{ department }} as department,
        {{ key }} as department_key,
        {{ total }} as is_company,
        {{ account_key('account', department) }} as cell_key,
        sum(opening) as opening,
        sum(closing) as closing,
        sum(head_days) as head_days,
        sum(fte_days) as fte_days,
        sum(turnover_head_days) as turnover_head_days
    from cell_months
    group by account, month{{ ', department_key' if total == 'false' }}
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}

),

moved as (

    select
        {{ account_key('account', key_part('department_key')) }} as cell_key,
        month,
        {{ headcount_movement_counts('is_department_changed') }}
    from sides
    group by account, department_key, month
    union all
    select
        {{ account_key('account', "'ALL'") }} as cell_key,
        month,
        {{ headcount_movement_counts('false') }}
    from sides
    group by account, month

),

{{ headcount_months(['department', 'department_key', 'is_company']) }},

final as (

    select
        account,
        cell_key || ':' || cast(month as {{ dbt.type_string() }}) as monthly_key,
        month,
        department,
        department_key,
        is_company,
        {{ headcount_month_columns('(is_company or has_transfers)') }}
    from summed

)

select * from final

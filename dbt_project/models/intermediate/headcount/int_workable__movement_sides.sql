-- What a movement does to the cell that it leads into, and to the one that it comes from.
{%- set cells = headcount_cells() %}
with movements as (

    select * from {{ ref('headcount_movements') }}

),

types as (

    select * from {{ ref('headcount_employment_types') }}

),

sides as (

    {% for side, movements_of in [
        ('to', "'hire', 'rehire', 'transfer'"), ('from', "'leave', 'transfer'")
    ] -%}
    select
        account,
        {{ month_of('date') }} as month,
        movement,
        '{{ side }}' as side,
        {% for column in cells -%}
        {{ side }}_{{ column }} as {{ column }},
        {% endfor -%}
        (
            {{ headcount_differs('from_department_key', 'to_department_key') }}
        ) as is_department_changed,
        (
            {% for column in cells -%}
            {{ 'or ' if not loop.first }}{{ headcount_differs('from_' ~ column, 'to_' ~ column) }}
            {% endfor -%}
        ) as is_cell_changed,
        leave_type
    from movements
    where movement in ({{ movements_of }})
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}

),

final as (

    select
        sides.*,
        coalesce(types.counts_in_turnover, true) as counts_in_turnover
    from sides
    left join types on sides.employment_type = types.employment_type

)

select * from final

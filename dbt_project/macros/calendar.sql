{# One row a day, or a month, of a span. They stand in the select list and may read columns of the
   row; a span that is empty or has a null end gives no row. #}

{% macro each_day(first_day, last_day) -%}
{{ return(adapter.dispatch('each_step', 'workable_elt')(first_day, last_day, 'day')) }}
{%- endmacro %}

{# The first days of the months from one first day of a month to another. #}
{% macro each_month(first_month, last_month) -%}
{{ return(adapter.dispatch('each_step', 'workable_elt')(first_month, last_month, 'month')) }}
{%- endmacro %}

{% macro duckdb__each_step(first_day, last_day, step) -%}
cast(
    unnest(
        generate_series(
            cast({{ first_day }} as timestamp), cast({{ last_day }} as timestamp), interval '1 {{ step }}'
        )
    ) as date
)
{%- endmacro %}

{% macro postgres__each_step(first_day, last_day, step) -%}
cast(
    generate_series(
        cast({{ first_day }} as timestamp), cast({{ last_day }} as timestamp), interval '1 {{ step }}'
    ) as date
)
{%- endmacro %}


{# The first day of the month so many months later (earlier when negative). #}
{% macro add_months(month, months) -%}
cast({{ dbt.dateadd('month', months, month) }} as date)
{%- endmacro %}

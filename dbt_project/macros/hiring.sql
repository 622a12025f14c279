{# Which rows of the applications count in a mart: a relocated candidate counts under the new key,
   Workable's demo rows only where the variable asks for them. #}
{% macro counts_in_marts() -%}
(
    not is_superseded
    and ({{ 'true' if var('include_sample', false) else 'false' }} or not is_sample)
)
{%- endmacro %}


{# The first day of the month of a date. #}
{% macro month_of(day) -%}
cast(date_trunc('month', {{ day }}) as date)
{%- endmacro %}


{# Continuous quantiles (linear between two values) of the values that are there; null of none. #}
{% macro quantile(column, fraction) -%}
cast(
    percentile_cont({{ fraction }}) within group (order by {{ column }}) as double precision
)
{%- endmacro %}

{% macro median_of(column) -%}
{{ workable_elt.quantile(column, 0.5) }}
{%- endmacro %}


{# The mean as a floating-point number; null of none. #}
{% macro mean_of(column) -%}
cast(avg(cast({{ column }} as double precision)) as double precision)
{%- endmacro %}


{# A share; null where the whole is 0 or unknown. #}
{% macro ratio_of(part, whole) -%}
cast({{ part }} as double precision) / nullif(cast({{ whole }} as double precision), 0)
{%- endmacro %}


{# Whole days from one date to another. #}
{% macro days_between(start, stop) -%}
{{ return(adapter.dispatch('days_between', 'workable_elt')(start, stop)) }}
{%- endmacro %}

{% macro duckdb__days_between(start, stop) -%}
cast(date_diff('day', {{ start }}, {{ stop }}) as integer)
{%- endmacro %}

{% macro postgres__days_between(start, stop) -%}
({{ stop }} - {{ start }})
{%- endmacro %}


{# An identity that must hold in every row; a null counts as broken. #}
{% test holds_in_every_row(model, expression) %}
select *
from {{ model }}
where not coalesce({{ expression }}, false)
{% endtest %}

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


{# So many parts of the whole of an amount, to nine decimals; both warehouses divide as
   floating-point numbers, so that they round alike. #}
{% macro share_of(amount, part, whole) -%}
cast(
    cast({{ amount }} as double precision)
    * cast({{ part }} as double precision)
    / cast({{ whole }} as double precision)
    as decimal(38, 9)
)
{%- endmacro %}

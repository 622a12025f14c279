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


{# A part of a whole as a floating-point number; null, not 0, where there is no whole. #}
{% macro share_of(part, whole) -%}
(cast({{ part }} as double precision) / nullif(cast({{ whole }} as double precision), 0))
{%- endmacro %}

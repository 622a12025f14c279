{# Continuous quantiles (linear between two values) of the values that are there; null of none. #}
{% macro quantile(column, fraction) -%}
cast(
    percentile_cont({{ fraction }}) within group (order by {{ column }}) as double precision
)
{%- endmacro %}

{% macro median_of(column) -%}
{{ workable_elt.quantile(column, 0.5) }}
{%- endmacro %}


{# A share as a floating-point number; null, not 0, where there is nothing to divide by. #}
{% macro ratio_of(numerator, denominator) -%}
(cast({{ numerator }} as double precision) / nullif({{ denominator }}, 0))
{%- endmacro %}


{# The mean as a floating-point number; null of none. #}
{% macro mean_of(column) -%}
cast(avg(cast({{ column }} as double precision)) as double precision)
{%- endmacro %}

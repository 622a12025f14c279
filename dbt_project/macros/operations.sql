{# Hours after which a resource that was not read to its end is late. #}
{% macro stale_after_hours() -%}
cast({{ var('stale_after_hours', 48) }} as double precision)
{%- endmacro %}

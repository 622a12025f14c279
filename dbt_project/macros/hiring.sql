{# Which rows of the applications count in a mart: a relocated candidate counts under the new key,
   Workable's demo rows only where the variable asks for them. #}
{% macro counts_in_marts() -%}
(not is_superseded and {{ sample_counts() }})
{%- endmacro %}

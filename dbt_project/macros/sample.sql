{# Whether a row counts in the marts: Workable's demo rows only where the variable asks for them. #}
{% macro sample_counts(column='is_sample') -%}
({{ 'true' if var('include_sample', false) else 'false' }} or not {{ column }})
{%- endmacro %}

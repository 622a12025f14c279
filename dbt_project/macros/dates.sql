{# Day of the week, 1 (Monday) to 7. #}
{% macro weekday_of(day) -%}
cast(extract(isodow from {{ day }}) as integer)
{%- endmacro %}


{# Whether a date lies in a span whose end is not in it; a null bound is open. #}
{% macro date_within(day, valid_from, valid_to) -%}
({{ valid_from }} is null or {{ day }} >= {{ valid_from }})
and ({{ valid_to }} is null or {{ day }} < {{ valid_to }})
{%- endmacro %}

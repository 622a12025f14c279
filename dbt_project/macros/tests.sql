{# Whether findings that a user's warehouse only warns of are errors, as in our own CI. #}
{% macro is_strict() -%}
{{ return((var('strict', false) | string | lower) == 'true' or env_var('WORKABLE_ELT_STRICT', 'false') | lower == 'true') }}
{%- endmacro %}


{# dbt's own tests under their own names, with the project's severity: an orphan is a missing scope
   or a limited token, a new value is Workable's; both are counted, neither stops a user's build. #}
{% test relationships(model, column_name, to, field) %}
{{ config(severity='error' if workable_elt.is_strict() else 'warn') }}
{{ default__test_relationships(model, column_name, to, field) }}
{% endtest %}


{% test accepted_values(model, column_name, values, quote=True) %}
{{ config(severity='error' if workable_elt.is_strict() else 'warn') }}
{{ default__test_accepted_values(model, column_name, values, quote) }}
{% endtest %}


{# A key is there and unique: both in one query, since every model has one. #}
{% test key(model, column_name) %}
select
    {{ column_name }},
    count(*) as copies
from {{ model }}
group by {{ column_name }}
having count(*) > 1 or {{ column_name }} is null
{% endtest %}


{# An identity that must hold in every row; a null counts as broken. #}
{% test holds_in_every_row(model, expression) %}
select *
from {{ model }}
where not coalesce({{ expression }}, false)
{% endtest %}

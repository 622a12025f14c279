{# A readable key: its parts joined by a colon, null where a part is null. The parts are columns or
   quoted literals: account_key('account', "'member'", 'member_id'). #}
{% macro account_key() -%}
({{ varargs | join(" || ':' || ") }})
{%- endmacro %}


{# Hexadecimal ids in the order of their numbers: '9f' comes before '100'. #}
{% macro hex_order(column) -%}
lpad(lower({{ column }}), 16, '0')
{%- endmacro %}

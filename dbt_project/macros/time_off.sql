{# So many parts of the whole of an amount, to nine decimals; both warehouses divide as
   floating-point numbers, so that they round alike. #}
{% macro portion_of(amount, part, whole) -%}
cast(
    cast({{ amount }} as double precision)
    * cast({{ part }} as double precision)
    / cast({{ whole }} as double precision)
    as decimal(38, 9)
)
{%- endmacro %}

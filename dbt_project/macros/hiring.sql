{# Which rows of the applications count in a mart: a relocated candidate counts under the new key,
   Workable's demo rows only where the variable asks for them. #}
{% macro counts_in_marts() -%}
(not is_superseded and {{ sample_counts() }})
{%- endmacro %}


{# How many of the rows that meet a condition have a fact; null where of one of them it is unknown. #}
{% macro count_if_all_known(condition, fact) -%}
case
    when count(case when {{ condition }} and {{ fact }} is null then 1 end) = 0
        then count(case when {{ condition }} and {{ fact }} then 1 end)
end
{%- endmacro %}

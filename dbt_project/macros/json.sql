{# Raw JSON columns are JSON in DuckDB and json in Postgres. Staging calls json_column once; the
   other macros take a JSON value of either kind. Paths are dotted: 'target_stage.slug'. #}

{% macro json_column(column) %}{{ return(adapter.dispatch('json_column', 'workable_elt')(column)) }}{% endmacro %}

{% macro duckdb__json_column(column) %}{{ column }}{% endmacro %}

{% macro postgres__json_column(column) %}cast({{ column }} as jsonb){% endmacro %}


{# The text at a path; null where a step is absent or holds JSON's null. '' is the value itself. #}
{% macro json_text(column, path='') %}{{ return(adapter.dispatch('json_text', 'workable_elt')(column, path)) }}{% endmacro %}

{% macro duckdb__json_text(column, path) -%}
json_extract_string({{ column }}, '${% if path %}."{{ path.split('.') | join('"."') }}"{% endif %}')
{%- endmacro %}

{% macro postgres__json_text(column, path) -%}
(cast({{ column }} as jsonb) #>> '{{ '{' ~ path.split('.') | join(',') ~ '}' if path else '{}' }}')
{%- endmacro %}


{# The JSON value at a path. #}
{% macro json_value(column, path) %}{{ return(adapter.dispatch('json_value', 'workable_elt')(column, path)) }}{% endmacro %}

{% macro duckdb__json_value(column, path) -%}
json_extract({{ column }}, '$."{{ path.split('.') | join('"."') }}"')
{%- endmacro %}

{% macro postgres__json_value(column, path) -%}
(cast({{ column }} as jsonb) #> '{{ '{' ~ path.split('.') | join(',') ~ '}' }}')
{%- endmacro %}


{# A JSON value as text, for contracts: its spelling differs between engines, its meaning not. #}
{% macro json_to_text(column) %}cast({{ column }} as {{ dbt.type_string() }}){% endmacro %}


{# How many elements an array has; null where the value is no array. #}
{% macro json_length(column) %}{{ return(adapter.dispatch('json_length', 'workable_elt')(column)) }}{% endmacro %}

{% macro duckdb__json_length(column) -%}
case when json_type({{ column }}) = 'ARRAY' then cast(json_array_length({{ column }}) as integer) end
{%- endmacro %}

{% macro postgres__json_length(column) -%}
case
    when jsonb_typeof(cast({{ column }} as jsonb)) = 'array'
        then jsonb_array_length(cast({{ column }} as jsonb))
end
{%- endmacro %}


{# The values of a group as the text of a JSON array, in an order. #}
{% macro text_list(value, ordering) %}{{ return(adapter.dispatch('text_list', 'workable_elt')(value, ordering)) }}{% endmacro %}

{% macro duckdb__text_list(value, ordering) -%}
cast(to_json(list({{ value }} order by {{ ordering }})) as {{ dbt.type_string() }})
{%- endmacro %}

{% macro postgres__text_list(value, ordering) -%}
cast(json_agg({{ value }} order by {{ ordering }}) as {{ dbt.type_string() }})
{%- endmacro %}


{# A select with one row an element of a JSON array: the columns of `keep`, `position` (from 1) and
   `element` (JSON). Rows whose column is null, empty or no array give none. It is the body of a
   CTE; the model begins with another one. #}
{% macro json_each_element(relation, column, keep) -%}
{{ return(adapter.dispatch('json_each_element', 'workable_elt')(relation, column, keep)) }}
{%- endmacro %}

{% macro duckdb__json_each_element(relation, column, keep) -%}
select
    {{ keep | join(', ') }},
    cast(generate_subscripts(elements, 1) as integer) as position,
    unnest(elements) as element
from (
    select
        {{ keep | join(', ') }},
        cast(case when json_type({{ column }}) = 'ARRAY' then {{ column }} end as json []) as elements
    from {{ relation }}
) as listed
{%- endmacro %}

{% macro postgres__json_each_element(relation, column, keep) -%}
select
    {% for name in keep %}listed.{{ name }}, {% endfor %}
    cast(item.position as integer) as position,
    item.element
from {{ relation }} as listed
cross join lateral jsonb_array_elements(
    case
        when jsonb_typeof(cast(listed.{{ column }} as jsonb)) = 'array'
            then cast(listed.{{ column }} as jsonb)
        else cast('[]' as jsonb)
    end
) with ordinality as item (element, position)
{%- endmacro %}


{# A select with one row a member of a JSON object: the columns of `keep`, `name` (text) and
   `element` (JSON). #}
{% macro json_each_member(relation, column, keep) -%}
{{ return(adapter.dispatch('json_each_member', 'workable_elt')(relation, column, keep)) }}
{%- endmacro %}

{% macro duckdb__json_each_member(relation, column, keep) -%}
select
    {{ keep | join(', ') }},
    name,
    json_extract(object, '$."' || replace(name, '"', '\"') || '"') as element
from (
    select
        {{ keep | join(', ') }},
        {{ column }} as object,
        unnest(json_keys({{ column }})) as name
    from {{ relation }}
    where json_type({{ column }}) = 'OBJECT'
) as listed
{%- endmacro %}

{% macro postgres__json_each_member(relation, column, keep) -%}
select
    {% for name in keep %}listed.{{ name }}, {% endfor %}
    item.name,
    item.element
from {{ relation }} as listed
cross join lateral jsonb_each(
    case
        when jsonb_typeof(cast(listed.{{ column }} as jsonb)) = 'object'
            then cast(listed.{{ column }} as jsonb)
        else cast('{}' as jsonb)
    end
) as item (name, element)
{%- endmacro %}

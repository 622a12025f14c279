{# Casts of texts that may hold anything: what is no value of the type becomes null, never an
   error that stops a build. #}

{# The first ten characters as a date: dates of the source never shift with a time zone. #}
{% macro text_date(column) %}{{ return(adapter.dispatch('text_date', 'workable_elt')(column)) }}{% endmacro %}

{% macro duckdb__text_date(column) -%}
case
    when regexp_matches({{ column }}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') and {{ column }} not like '0000%'
        then try_cast(substr({{ column }}, 1, 10) as date)
end
{%- endmacro %}

{# Postgres below 16 has no cast that gives null, so the calendar is checked by hand. #}
{% macro postgres__text_date(column) -%}
case
    when {{ column }} !~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' or {{ column }} like '0000%'
        then null
    when cast(substr({{ column }}, 9, 2) as integer) <= extract(
        day from cast(substr({{ column }}, 1, 8) || '01' as date) + interval '1 month' - interval '1 day'
    )
        then cast(substr({{ column }}, 1, 10) as date)
end
{%- endmacro %}


{# An ISO instant in a text, as UTC without zone; a text without a zone is taken for UTC. #}
{% macro text_timestamp(column) %}{{ return(adapter.dispatch('text_timestamp', 'workable_elt')(column)) }}{% endmacro %}

{% macro duckdb__text_timestamp(column) -%}
case
    when regexp_matches({{ column }}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2})$')
        then try_cast({{ column }} as timestamptz) at time zone 'UTC'
    when regexp_matches({{ column }}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+)?$')
        then try_cast({{ column }} as timestamp)
end
{%- endmacro %}

{% macro postgres__text_timestamp(column) -%}
case
    when {{ postgres__text_date(column) }} is null then null
    when {{ column }} ~ '^.{10}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$'
        then cast({{ column }} as timestamptz) at time zone 'UTC'
    when {{ column }} ~ '^.{10}([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?)?$'
        then cast({{ column }} as timestamp)
end
{%- endmacro %}


{% macro text_decimal(column) %}{{ return(adapter.dispatch('text_decimal', 'workable_elt')(column)) }}{% endmacro %}

{% macro duckdb__text_decimal(column) -%}
try_cast({{ column }} as decimal(38, 9))
{%- endmacro %}

{% macro postgres__text_decimal(column) -%}
case
    when {{ column }} ~ '^\s*[+-]?[0-9]{1,28}(\.[0-9]*)?([eE][+-]?[0-9])?\s*$' then cast({{ column }} as decimal(38, 9))
end
{%- endmacro %}


{% macro text_integer(column) %}{{ return(adapter.dispatch('text_integer', 'workable_elt')(column)) }}{% endmacro %}

{% macro duckdb__text_integer(column) -%}
case when regexp_matches({{ column }}, '^-?[0-9]{1,9}$') then cast({{ column }} as integer) end
{%- endmacro %}

{% macro postgres__text_integer(column) -%}
case when {{ column }} ~ '^-?[0-9]{1,9}$' then cast({{ column }} as integer) end
{%- endmacro %}


{% macro text_boolean(column) -%}
case lower({{ column }}) when 'true' then true when 'false' then false end
{%- endmacro %}

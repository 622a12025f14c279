{# Profile fields of employees. A field with several values comes as an array of rows {row_id,
   history_of, is_primary, value}, a field with one value as that value. Arguments are JSON values
   as json_column gives them. #}

{# The `value` of the primary row; where none is marked, of the only row; else null. #}
{% macro hris_primary_value(rows) %}{{ return(adapter.dispatch('hris_primary_value', 'workable_elt')(rows)) }}{% endmacro %}

{% macro duckdb__hris_primary_value(rows) -%}
json_extract(
    coalesce(
        list_filter(
            cast(case when json_type({{ rows }}) = 'ARRAY' then {{ rows }} end as json []),
            lambda item: json_extract_string(item, '$.is_primary') = 'true'
        )[1],
        case
            when json_type({{ rows }}) = 'ARRAY' and json_array_length({{ rows }}) = 1
                then json_extract({{ rows }}, '$[0]')
        end
    ),
    '$.value'
)
{%- endmacro %}

{% macro postgres__hris_primary_value(rows) -%}
(coalesce(
    jsonb_path_query_first({{ rows }}, 'lax $[*] ? (@.is_primary == true)'),
    case
        when jsonb_typeof({{ rows }}) = 'array' and jsonb_array_length({{ rows }}) = 1
            then {{ rows }} -> 0
    end
) -> 'value')
{%- endmacro %}


{# An array as it is, any other value as an array of one, so that both explode the same way. #}
{% macro hris_as_array(field) %}{{ return(adapter.dispatch('hris_as_array', 'workable_elt')(field)) }}{% endmacro %}

{% macro duckdb__hris_as_array(field) -%}
case when json_type({{ field }}) = 'ARRAY' then {{ field }} else json_array({{ field }}) end
{%- endmacro %}

{% macro postgres__hris_as_array(field) -%}
case when jsonb_typeof({{ field }}) = 'array' then {{ field }} else jsonb_build_array({{ field }}) end
{%- endmacro %}


{# What a JSON value is: object, array, string, number, boolean or null. #}
{% macro hris_json_kind(field) %}{{ return(adapter.dispatch('hris_json_kind', 'workable_elt')(field)) }}{% endmacro %}

{% macro duckdb__hris_json_kind(field) -%}
case json_type({{ field }})
    when 'OBJECT' then 'object'
    when 'ARRAY' then 'array'
    when 'VARCHAR' then 'string'
    when 'BOOLEAN' then 'boolean'
    when 'NULL' then 'null'
    else case when {{ field }} is not null then 'number' end
end
{%- endmacro %}

{% macro postgres__hris_json_kind(field) -%}
jsonb_typeof({{ field }})
{%- endmacro %}


{# What both the list and the detail of an employee say, by the columns' aliases `listed` and
   `detail`. The list is read whole by every run and wins; a detail stands in for what the list
   leaves out, but not when it was read before the list's row last changed. #}
{% macro hris_listed_or_detail(listed_column, detail_column) -%}
case
    when listed.read_at > detail.read_at then listed.{{ listed_column }}
    else coalesce(listed.{{ listed_column }}, detail.{{ detail_column }})
end
{%- endmacro %}


{# A choice as it is sent: an id, or an object that holds one. #}
{% macro hris_choice(field) -%}
case
    when {{ hris_json_kind(field) }} = 'object'
        then coalesce(
            {{ json_text(field, 'value') }}, {{ json_text(field, 'id') }}, {{ json_text(field, 'display') }}
        )
    else {{ blank_to_null(json_text(field)) }}
end
{%- endmacro %}




{# Whether an id is a hexadecimal number, as the ids of custom fields are; a built-in field's is a
   word with a letter beyond f. #}
{% macro hris_is_hex(column) -%}
(replace(translate(lower({{ column }}), '0123456789abcdef', '0000000000000000'), '0', '') = '')
{%- endmacro %}


{# Whether a row of custom values is of the field that a variable names, by its id or its label;
   false where the variable is not set. #}
{% macro hris_field_is(name) -%}
{%- if name -%}
{%- set wanted = (name | string | trim | lower).replace("'", "''") -%}
(lower(field_id) = '{{ wanted }}' or lower(trim(field_label)) = '{{ wanted }}')
{%- else -%}
false
{%- endif -%}
{%- endmacro %}


{# Days or hours: `half_days` counts in days too, with halves allowed. #}
{% macro hris_timeoff_unit(column) -%}
case lower({{ column }})
    when 'full_days' then 'days'
    when 'half_days' then 'days'
    when 'hours' then 'hours'
    else case when {{ column }} is not null then 'other' end
end
{%- endmacro %}


{# A built-in choice without the prefix of its field ('employement_type_full_time', sic, is
   'full_time'); the label of a custom choice as it is. #}
{% macro hris_choice_word(column, prefix) -%}
replace({{ column }}, '{{ prefix }}', '')
{%- endmacro %}


{# Workable's camel-case names of field types in lower case with underscores; a type that the API
   has not had before is 'other'. #}
{% macro hris_field_type(column) -%}
case {{ column }}
    {%- for plain in [
        'text', 'paragraph', 'numeric', 'boolean', 'date', 'dropdown', 'country', 'location', 'phone',
        'email', 'file', 'currency', 'percentage', 'department', 'employee', 'composite',
    ] %}
    when '{{ plain }}' then '{{ plain }}'
    {%- endfor %}
    when 'payRate' then 'pay_rate'
    when 'legalEntity' then 'legal_entity'
    when 'directReports' then 'direct_reports'
    when 'workSchedule' then 'work_schedule'
    else case when {{ column }} is not null then 'other' end
end
{%- endmacro %}


{# The part of a full-time week, by the variable, that a schedule's hours are; a full one at the most.
   least() passes over a null, and nobody is full-time for want of a schedule. #}
{% macro hris_full_time_equivalent(weekly_hours) -%}
cast(
    case
        when {{ weekly_hours }} is not null
            then least(
                1,
                {{ weekly_hours }} / cast({{ var('full_time_weekly_hours', 40) }} as decimal(9, 3))
            )
    end as decimal(38, 9)
)
{%- endmacro %}

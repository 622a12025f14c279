{# Cleaning rules, one name each. #}

{% macro blank_to_null(column) -%}
nullif(trim({{ column }}), '')
{%- endmacro %}


{# Two spellings of one address compare equal; everything else is left as it is. #}
{% macro normalised_email(column) -%}
nullif(lower(trim({{ column }})), '')
{%- endmacro %}


{# Digits only: a phone number is written in many ways. #}
{% macro normalised_phone(column) -%}
nullif({{ replace_pattern(column, '[^0-9]+', '') }}, '')
{%- endmacro %}


{% macro normalised_name(column) -%}
nullif(lower(trim({{ replace_pattern(column, '\\s+', ' ') }})), '')
{%- endmacro %}


{# A label or a wire value as an enumeration's value: 'Full-time' is 'full_time'. #}
{% macro normalised_value(column) -%}
nullif(trim({{ replace_pattern('lower(' ~ column ~ ')', '[^a-z0-9]+', '_') }}, '_'), '')
{%- endmacro %}


{# Replaces every match of a regular expression. #}
{% macro replace_pattern(column, pattern, replacement) -%}
{{ return(adapter.dispatch('replace_pattern', 'workable_elt')(column, pattern, replacement)) }}
{%- endmacro %}

{% macro default__replace_pattern(column, pattern, replacement) -%}
regexp_replace({{ column }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}


{# A source value mapped to an enumeration. `values` maps normalised source values to ours; null
   stays null, what has no mapping becomes 'other' and warns in a test. #}
{% macro mapped(column, values) -%}
case
    when {{ column }} is null then null
    {%- for source_value, our_value in values.items() %}
    when {{ normalised_value(column) }} = '{{ source_value }}' then '{{ our_value }}'
    {%- endfor %}
    else 'other'
end
{%- endmacro %}


{# The same for values that are compared as they are; null for what has no mapping. #}
{% macro mapped_exactly(column, values) -%}
case {{ column }}
    {%- for source_value, our_value in values.items() %}
    when '{{ source_value }}' then '{{ our_value }}'
    {%- endfor %}
end
{%- endmacro %}


{# Shared by jobs, requisitions and employees. #}
{% macro employment_type(column) -%}
{{ mapped(column, {
    'full_time': 'full_time', 'part_time': 'part_time', 'contract': 'contract',
    'contractor': 'contract', 'temporary': 'temporary', 'internship': 'internship',
    'intern': 'internship', 'trainee': 'internship', 'volunteer': 'volunteer', 'other': 'other',
}) }}
{%- endmacro %}

{% macro workplace_type(column) -%}
{{ mapped(column, {'on_site': 'on_site', 'onsite': 'on_site', 'hybrid': 'hybrid', 'remote': 'remote'}) }}
{%- endmacro %}

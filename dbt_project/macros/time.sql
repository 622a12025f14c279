{# "Now" and "today" of every model. The machine's clock and zone are never asked (tests/lint_sql.py
   sees to it), so a rebuild of the same raw tables gives the same rows. #}

{# The variable as_of, else what `workable-elt run` says, else the newest complete sync; null in a
   warehouse that was never loaded. A run speaks by dbt's metadata and not by the variable: with
   other variables than last time dbt reads the whole project anew. It remembers from its reading
   which models a model asks, so stg_workable__syncs is named whether a run speaks or not. #}
{% macro as_of() -%}
{%- if var('as_of', none) -%}
{{ workable_elt.instant_literal(var('as_of') | string) }}
{%- else -%}
{%- set syncs = ref('stg_workable__syncs') -%}
{%- set of_run = dbt_metadata_envs.get('WORKABLE_AS_OF') -%}
{%- if of_run -%}
{{ workable_elt.instant_literal(of_run) }}
{%- else -%}
(select max(completed_at) from {{ syncs }} where is_complete)
{%- endif -%}
{%- endif -%}
{%- endmacro %}

{% macro instant_literal(text) -%}
cast('{{ text | replace("T", " ") | replace("Z", "") | replace("+00:00", "") }}' as {{ dbt.type_timestamp() }})
{%- endmacro %}


{% macro today() -%}
{{ local_date(as_of()) }}
{%- endmacro %}


{# The date of an instant (UTC) in the reporting time zone. #}
{% macro local_date(instant) -%}
{%- set zone = var('reporting_time_zone', 'UTC') -%}
{{ return(adapter.dispatch('local_date', 'workable_elt')(instant, zone)) }}
{%- endmacro %}

{% macro default__local_date(instant, zone) -%}
cast((({{ instant }}) at time zone 'UTC') at time zone '{{ zone }}' as date)
{%- endmacro %}


{# Hours between two instants, a number with a fraction. #}
{% macro hours_between(start, stop) -%}
{{ return(adapter.dispatch('hours_between', 'workable_elt')(start, stop)) }}
{%- endmacro %}

{% macro duckdb__hours_between(start, stop) -%}
cast(date_diff('microsecond', {{ start }}, {{ stop }}) / 3600000000.0 as double precision)
{%- endmacro %}

{% macro postgres__hours_between(start, stop) -%}
(
    cast(extract(epoch from ({{ stop }}) - ({{ start }})) * 1000000 as double precision)
    / cast(3600000000 as double precision)
)
{%- endmacro %}


{# A date so many days later (earlier when negative). #}
{% macro add_days(day, days) -%}
cast({{ dbt.dateadd('day', days, day) }} as date)
{%- endmacro %}


{# Whole days from one date to another. #}
{% macro days_between(start, stop) -%}
cast({{ dbt.datediff(start, stop, 'day') }} as integer)
{%- endmacro %}


{# The first day of the month of a date. #}
{% macro month_of(day) -%}
cast({{ dbt.date_trunc('month', day) }} as date)
{%- endmacro %}

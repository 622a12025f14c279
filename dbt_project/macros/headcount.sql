{# The date from which on movements are told: the variable, else null. The past needs to know when
   people left, so it is refused without the field that says so. #}
{% macro headcount_history_from() -%}
{%- set wanted = var('headcount_history_from', none) -%}
{%- if wanted and not var('termination_date_field', none) -%}
    {{ exceptions.raise_compiler_error(
        "headcount_history_from is " ~ wanted ~ ", but nothing says who left before the first sync: "
        ~ "name the custom field that holds the leave date in termination_date_field, or leave it out."
    ) }}
{%- endif -%}
{%- if wanted -%}
cast('{{ wanted }}' as date)
{%- else -%}
cast(null as date)
{%- endif -%}
{%- endmacro %}


{# A ratio to six digits, null where there is nothing to divide by. #}
{% macro headcount_ratio(numerator, denominator) -%}
cast(cast({{ ratio_of(numerator, denominator) }} as decimal(18, 6)) as double precision)
{%- endmacro %}


{# Whether two keys or words differ, where no value is a value of its own. #}
{% macro headcount_differs(one, other) -%}
coalesce({{ one }}, '') <> coalesce({{ other }}, '')
{%- endmacro %}


{# A part of a readable key that may be null. #}
{% macro key_part(column) -%}
coalesce({{ column }}, 'none')
{%- endmacro %}


{# What a period of `headcount_periods` is unchanged in, and a transfer changes. #}
{% macro headcount_dimensions() -%}
{{ return(['department_key', 'manager_key', 'job_title', 'legal_entity_key', 'location_key', 'employment_type']) }}
{%- endmacro %}


{# The cells of `headcount_daily` and `headcount_monthly`. #}
{% macro headcount_cells() -%}
{{ return(['department_key', 'legal_entity_key', 'location_key', 'employment_type']) }}
{%- endmacro %}


{# What the figures of a day or month rest on, beside int_workable__headcount_histories as
   `histories`. #}
{% macro headcount_basis(day) -%}
case
    when {{ day }} < histories.history_from then 'reconstructed'
    when {{ day }} < histories.first_seen_date then 'source'
    else 'observed'
end
{%- endmacro %}


{# The names of the columns that the next macro makes. #}
{% macro headcount_counts() -%}
{{ return([
    'hires', 'rehires', 'transfers_in', 'transfers_out', 'leavers', 'voluntary', 'involuntary',
    'other', 'unknown', 'turnover_leavers',
]) }}
{%- endmacro %}


{# The columns that count int_workable__movement_sides; `changed` is the flag of a transfer that
   leads from one row of the model into another. #}
{% macro headcount_movement_counts(changed) -%}
{%- set conditions = [
    ('hires', "movement = 'hire'"),
    ('rehires', "movement = 'rehire'"),
    ('transfers_in', "movement = 'transfer' and side = 'to' and " ~ changed),
    ('transfers_out', "movement = 'transfer' and side = 'from' and " ~ changed),
    ('leavers', "movement = 'leave'"),
    ('voluntary', "movement = 'leave' and leave_type = 'voluntary'"),
    ('involuntary', "movement = 'leave' and leave_type = 'involuntary'"),
    ('other', "movement = 'leave' and leave_type = 'other'"),
    ('unknown', "movement = 'leave' and leave_type = 'unknown'"),
    ('turnover_leavers', "movement = 'leave' and counts_in_turnover"),
] -%}
{%- for name, condition in conditions %}
cast(count(case when {{ condition }} then 1 end) as integer) as {{ name }}{{ ',' if not loop.last }}
{%- endfor %}
{%- endmacro %}


{# The CTEs behind the months of a headcount mart, from two that stand before: `measured` (heads of
   a month and cell) and `moved` (counts of a month and cell), each with `cell_key`, and
   `histories`. `cell` names the columns of a cell. A cell has a row in every month since its first,
   so that twelve months are twelve rows. #}
{% macro headcount_months(cell) -%}
cells as (

    select
        account,
        cell_key,
        {% for column in cell -%}
        {{ column }},
        {% endfor -%}
        min(month) as first_month
    from measured
    group by account, cell_key{% for column in cell %}, {{ column }}{% endfor %}

),

spine as (

    select
        cells.*,
        {{ each_month('cells.first_month', month_of('histories.today')) }} as month
    from cells
    inner join histories on cells.account = histories.account

),

counted as (

    select
        spine.*,
        {% for name in ['opening', 'closing', 'head_days', 'turnover_head_days'] -%}
        cast(coalesce(measured.{{ name }}, 0) as integer) as {{ name }},
        {% endfor -%}
        coalesce(measured.fte_days, 0) as fte_days,
        {% for name in headcount_counts() -%}
        coalesce(moved.{{ name }}, 0) as {{ name }},
        {% endfor -%}
        least(
            {{ add_months('spine.month', 1) }}, {{ add_days('histories.today', 1) }}
        ) as month_to,
        spine.month < {{ month_of('histories.today') }} as is_complete_month,
        spine.month >= histories.history_from as has_movements,
        {{ add_months('spine.month', 1) }} > histories.first_seen_date as has_transfers,
        {{ add_months('spine.month', -11) }} >= greatest(
            histories.history_from, coalesce(histories.built_from, histories.history_from)
        ) as has_twelve_months,
        histories.history_from,
        {{ headcount_basis('spine.month') }} as basis
    from spine
    inner join histories on spine.account = histories.account
    left join measured on spine.cell_key = measured.cell_key and spine.month = measured.month
    left join moved on spine.cell_key = moved.cell_key and spine.month = moved.month

),

summed as (

    select
        *,
        {{ days_between('month', 'month_to') }} as days,
        {{ days_between(add_months('month', -11), 'month_to') }} as days_12_months,
        {% for name in ['turnover_leavers', 'turnover_head_days'] -%}
        cast(
            sum({{ name }}) over (
                partition by cell_key order by month rows between 11 preceding and current row
            ) as integer
        ) as {{ name }}_12_months{{ ',' if not loop.last }}
        {% endfor %}
    from counted

)
{%- endmacro %}


{# The columns of a month, of the CTE `summed` above; what nobody can know is null. #}
{% macro headcount_month_columns(transfers_known='has_transfers') -%}
opening,
{% for name in headcount_counts() if name != 'turnover_leavers' -%}
case
    when has_movements{% if name.startswith('transfers') %} and {{ transfers_known }}{% endif %} then {{ name }}
end as {{ name }},
{% endfor -%}
closing,
head_days,
cast(fte_days as decimal(38, 9)) as fte_days,
days,
{{ headcount_ratio('head_days', 'days') }} as average_daily_heads,
{{ headcount_ratio('fte_days', 'days') }} as average_daily_fte,
case when has_movements then turnover_leavers end as turnover_leavers,
turnover_head_days,
case
    when has_movements and is_complete_month
        then {{ headcount_ratio('turnover_leavers * days', 'turnover_head_days') }}
end as turnover,
case when has_twelve_months and is_complete_month then turnover_leavers_12_months end
    as turnover_leavers_12_months,
case when has_twelve_months and is_complete_month then turnover_head_days_12_months end
    as turnover_head_days_12_months,
case when has_twelve_months and is_complete_month then days_12_months end as days_12_months,
case
    when has_twelve_months and is_complete_month
        then {{ headcount_ratio(
            'turnover_leavers_12_months * days_12_months', 'turnover_head_days_12_months'
        ) }}
end as turnover_12_months,
is_complete_month,
history_from,
basis
{%- endmacro %}

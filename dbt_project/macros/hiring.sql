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

{# The kind of the stages that share an id or a slug in an account, where all of them are of one kind. #}
{% macro stages_of_one_kind(column) -%}
    with either as (

        select account, {{ column }}, kind from {{ ref('stg_workable__job_stages') }}
        union
        select account, {{ column }}, kind from {{ ref('stg_workable__stages') }}

    ),

    kinds as (

        select * from {{ ref('stage_kinds') }}

    ),

    final as (

        select
            either.account,
            either.{{ column }},
            max(coalesce(kinds.stage_kind, 'other')) as kind,
            max(coalesce(kinds.reporting_stage, 'other')) as reporting_stage
        from either
        left join kinds
            on {{ normalised_value('either.kind') }} = {{ normalised_value('kinds.stage_kind_raw') }}
        where either.kind is not null and either.{{ column }} is not null
        group by either.account, either.{{ column }}
        having count(distinct either.kind) = 1

    )

    select * from final
{%- endmacro %}

{% snapshot snapshot_stage_changes %}

{{ config(unique_key='activity_key', strategy='check', check_cols='all', hard_deletes='ignore') }}

{%- set stored = none -%}
{%- if execute -%}
{%- set stored = adapter.get_relation(this.database, this.schema, this.identifier) -%}
{%- endif %}

-- A change keeps the number that it was first given; new ones get higher ones than ever given, also
-- when the highest was purged since: no number is below the second of its as_of.
with transitions as (

    select activity_key from {{ ref('ats_stage_transitions') }}

),

activities as (

    select * from {{ ref('ats_activities') }}

),

changes as (

    select
        account,
        activity_key,
        activity_id,
        application_key,
        occurred_at
    from activities
    where
        application_key is not null
        and (
            activity_type in ('disqualification', 'reversal')
            or activity_key in (select transitions.activity_key from transitions)
        )

),

known as (

    {% if stored is not none -%}
    select
        activity_key,
        max(change_position) as change_position
    from {{ this }}
    group by activity_key
    {%- else -%}
    select
        cast(null as {{ dbt.type_string() }}) as activity_key,
        cast(null as {{ dbt.type_bigint() }}) as change_position
    where false
    {%- endif %}

),

base as (

    select
        greatest(
            coalesce(max(change_position), 0),
            cast(floor(extract(epoch from {{ as_of() }})) as {{ dbt.type_bigint() }}) * 1000000
        ) as last_position
    from known

),

added as (

    select
        changes.activity_key,
        row_number() over (
            order by
                changes.occurred_at,
                {{ hex_order('changes.activity_id') }},
                changes.activity_key
        ) as place
    from changes
    left join known on changes.activity_key = known.activity_key
    where known.activity_key is null

),

final as (

    select
        changes.account,
        changes.activity_key,
        changes.application_key,
        cast(
            coalesce(known.change_position, base.last_position + added.place)
            as {{ dbt.type_bigint() }}
        ) as change_position
    from changes
    cross join base
    left join known on changes.activity_key = known.activity_key
    left join added on changes.activity_key = added.activity_key
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

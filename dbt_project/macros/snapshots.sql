{# Snapshots are dated by as_of, not by the machine's clock. #}

{% macro duckdb__snapshot_get_time() -%}
{{ workable_elt.snapshot_time() }}
{%- endmacro %}

{% macro postgres__snapshot_get_time() -%}
{{ workable_elt.snapshot_time() }}
{%- endmacro %}


{# The moment of a snapshot, as an expression. #}
{% macro snapshot_time() -%}
cast({{ workable_elt.as_of() }} as {{ dbt.type_timestamp() }})
{%- endmacro %}


{# Whether a version of a snapshot held for a time: two builds with one as_of leave one that did not. #}
{% macro version_held() -%}
(dbt_valid_to is null or dbt_valid_from < dbt_valid_to)
{%- endmacro %}


{# On run start. A project that uses ours as a package takes dbt's own clock without a word unless
   its `dispatch:` names us; and a history that goes back in time would contradict itself. #}
{% macro check_snapshots() -%}
{%- set ours = workable_elt.taken_snapshots() -%}
{%- if execute and ours -%}
    {%- if dbt.snapshot_get_time() | trim != workable_elt.snapshot_time() | trim -%}
        {{ exceptions.raise_compiler_error(
            "Snapshots would be dated by the machine's clock. Add to your dbt_project.yml: "
            ~ "dispatch: [{macro_namespace: dbt, search_order: [" ~ project_name ~ ", workable_elt, dbt]}]"
        ) }}
    {%- endif -%}
    {%- for node in ours -%}
        {%- set relation = adapter.get_relation(node.database, node.schema, node.alias) -%}
        {%- if relation is not none -%}
            {%- set later = run_query(
                "select max(dbt_updated_at) from " ~ relation
                ~ " having max(dbt_updated_at) > " ~ workable_elt.snapshot_time()
            ) -%}
            {%- if later.rows | length > 0 -%}
                {{ exceptions.raise_compiler_error(
                    "as_of is older than the last snapshot (" ~ node.name ~ ", " ~ later.rows[0][0]
                    ~ " UTC). Take a later one, or leave out snapshots: --exclude resource_type:snapshot"
                ) }}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif -%}
{%- endmacro %}


{# Our snapshots among what this call runs. #}
{% macro taken_snapshots() -%}
{%- set found = [] -%}
{%- if execute and flags.WHICH in ('build', 'snapshot') -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'snapshot'
            and node.package_name == 'workable_elt' and node.unique_id in selected_resources -%}
        {%- do found.append(node) -%}
    {%- endfor -%}
{%- endif -%}
{{ return(found) }}
{%- endmacro %}

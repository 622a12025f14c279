{# A select with one row a node of a forest: key, root_key, path (names from the root, joined by
   ' > '), depth (1 at a root) and is_in_cycle. A node whose parent is not in the relation is a
   root. Nodes of a cycle are reached from no root: each stands for itself, so nothing loops.
   It is the body of a CTE; the relation is a CTE or a model. #}
{% macro tree_paths(relation, key, parent_key, name) -%}
{{ return(adapter.dispatch('tree_paths', 'workable_elt')(relation, key, parent_key, name)) }}
{%- endmacro %}

{% macro default__tree_paths(relation, key, parent_key, name) -%}
with recursive descent as (
    select
        node.{{ key }} as node_key,
        node.{{ key }} as root_key,
        cast(coalesce(node.{{ name }}, '') as {{ dbt.type_string() }}) as path,
        1 as depth
    from {{ relation }} as node
    left join {{ relation }} as parent on node.{{ parent_key }} = parent.{{ key }}
    where parent.{{ key }} is null
    union all
    select
        node.{{ key }} as node_key,
        descent.root_key,
        cast(descent.path || ' > ' || coalesce(node.{{ name }}, '') as {{ dbt.type_string() }}) as path,
        descent.depth + 1 as depth
    from descent
    inner join {{ relation }} as node on descent.node_key = node.{{ parent_key }}
)

select
    node.{{ key }},
    coalesce(descent.root_key, node.{{ key }}) as root_key,
    coalesce(descent.path, node.{{ name }}) as path,
    coalesce(descent.depth, 1) as depth,
    descent.node_key is null as is_in_cycle
from {{ relation }} as node
left join descent on node.{{ key }} = descent.node_key
{%- endmacro %}


{# A select with one row a node and each of its ancestors, itself included: node_key, ancestor_key
   and distance (0 for itself). It is the body of a CTE; the relation must be a forest: no cycles. #}
{% macro tree_ancestors(relation, key, parent_key) -%}
{{ return(adapter.dispatch('tree_ancestors', 'workable_elt')(relation, key, parent_key)) }}
{%- endmacro %}

{% macro default__tree_ancestors(relation, key, parent_key) -%}
with recursive climb as (
    select
        node.{{ key }} as node_key,
        node.{{ key }} as ancestor_key,
        0 as distance
    from {{ relation }} as node
    union all
    select
        climb.node_key,
        parent.{{ key }} as ancestor_key,
        climb.distance + 1 as distance
    from climb
    inner join {{ relation }} as node on climb.ancestor_key = node.{{ key }}
    inner join {{ relation }} as parent on node.{{ parent_key }} = parent.{{ key }}
)

select
    node_key,
    ancestor_key,
    distance
from climb
{%- endmacro %}


{# A select with one row a node that is above itself, with the smallest key of its cycle: node_key,
   cycle_key. It is the body of a CTE. Pairs are kept once, so it ends whatever the relation is. #}
{% macro tree_cycles(relation, key, parent_key) -%}
{{ return(adapter.dispatch('tree_cycles', 'workable_elt')(relation, key, parent_key)) }}
{%- endmacro %}

{% macro default__tree_cycles(relation, key, parent_key) -%}
with recursive climb as (
    select
        node.{{ key }} as node_key,
        node.{{ parent_key }} as ancestor_key
    from {{ relation }} as node
    where node.{{ parent_key }} is not null
    union
    select
        climb.node_key,
        node.{{ parent_key }} as ancestor_key
    from climb
    inner join {{ relation }} as node on climb.ancestor_key = node.{{ key }}
    where node.{{ parent_key }} is not null
)

select
    member.node_key,
    min(member.ancestor_key) as cycle_key
from climb as member
inner join climb as itself
    on member.node_key = itself.node_key and itself.node_key = itself.ancestor_key
group by member.node_key
{%- endmacro %}

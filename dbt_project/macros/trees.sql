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

with entities as (

    select
        *,
        {{ account_key('account', 'legal_entity_id') }} as node_key,
        {{ account_key('account', 'parent_legal_entity_id') }} as parent_node_key,
        case lower(entity_type)
            when 'entity' then 'legal_entity'
            when 'location' then 'location'
            when 'site' then 'site'
            else 'other'
        end as group_type
    from {{ ref('stg_workable__legal_entities') }}

),

paths as (

    {{ tree_paths('entities', 'node_key', 'parent_node_key', 'name') }}

),

-- The tree has three levels: itself, the parent and the grandparent reach all of it.
levels as (

    select
        node.node_key,
        case 'legal_entity'
            when node.group_type then node.legal_entity_id
            when parent.group_type then parent.legal_entity_id
            when grandparent.group_type then grandparent.legal_entity_id
        end as entity_id,
        case 'location'
            when node.group_type then node.legal_entity_id
            when parent.group_type then parent.legal_entity_id
        end as location_id,
        case when node.group_type = 'site' then node.legal_entity_id end as site_id,
        parent.group_type as parent_group_type
    from entities as node
    left join entities as parent on node.parent_node_key = parent.node_key
    left join entities as grandparent on parent.parent_node_key = grandparent.node_key

),

final as (

    select
        entities.account,
        entities.node_key,
        entities.legal_entity_id as node_id,
        entities.group_type,
        entities.entity_type as group_type_raw,
        {{ account_key(
            'entities.account', 'entities.group_type', 'entities.legal_entity_id'
        ) }} as group_key,
        {{ account_key(
            'entities.account', 'levels.parent_group_type', 'entities.parent_legal_entity_id'
        ) }} as parent_group_key,
        {{ account_key(
            'entities.account', "'legal_entity'", 'levels.entity_id'
        ) }} as legal_entity_key,
        {{ account_key('entities.account', "'location'", 'levels.location_id') }} as location_key,
        {{ account_key('entities.account', "'site'", 'levels.site_id') }} as site_key,
        {{ blank_to_null('entities.name') }} as name,
        {{ blank_to_null('entities.legal_name') }} as legal_name,
        entities.time_zone,
        paths.path,
        cast(paths.depth as integer) as depth,
        coalesce(entities.is_sample, false) as is_sample,
        {{ hris_lifecycle_columns() }}
    from entities
    inner join levels on entities.node_key = levels.node_key
    inner join paths on entities.node_key = paths.node_key
    {{ hris_lifecycle_joins('entities', 'legal_entities', 'legal_entity_id') }}

)

select * from final

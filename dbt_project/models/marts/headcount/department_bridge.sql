with departments as (

    select * from {{ ref('ats_departments') }}

),

-- Departments of a cycle have no place in the tree: each stands for itself.
lines as (

    select
        account,
        department_key,
        depth,
        case when not is_in_cycle then parent_department_key end as parent_department_key
    from departments

),

ancestors as (

    {{ tree_ancestors('lines', 'department_key', 'parent_department_key') }}

),

final as (

    select
        lines.account,
        {{ account_key('ancestors.ancestor_key', 'lines.department_key') }} as bridge_key,
        ancestors.ancestor_key as ancestor_department_key,
        lines.department_key,
        cast(ancestors.distance as integer) as distance,
        cast(lines.depth - ancestors.distance as integer) as ancestor_depth
    from ancestors
    inner join lines on ancestors.node_key = lines.department_key

)

select * from final

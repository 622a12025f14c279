with lines as (

    select * from {{ ref('int_workable__managers_untangled') }}

),

ancestors as (

    {{ tree_ancestors('lines', 'employee_key', 'line_manager_key') }}

),

final as (

    select
        lines.account,
        {{ account_key('ancestors.ancestor_key', 'lines.employee_key') }} as bridge_key,
        ancestors.ancestor_key as leader_key,
        lines.employee_key,
        cast(ancestors.distance as integer) as distance,
        cast(max(ancestors.distance) over (partition by lines.employee_key) as integer)
        - cast(ancestors.distance as integer) + 1 as leader_depth
    from ancestors
    inner join lines on ancestors.node_key = lines.employee_key

)

select * from final

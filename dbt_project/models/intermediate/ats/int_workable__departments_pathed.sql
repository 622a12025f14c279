with departments as (

    select * from {{ ref('stg_workable__departments') }}

),

tombstones as (

    select * from {{ ref('int_workable__tombstones_current') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

paths as (

    {{ tree_paths('departments', 'department_key', 'parent_department_key', 'name') }}

),

final as (

    select
        departments.account,
        departments.department_id,
        departments.department_key,
        departments.parent_department_id,
        departments.parent_department_key,
        departments.name,
        paths.root_key as root_department_key,
        paths.path,
        cast(paths.depth as integer) as depth,
        paths.is_in_cycle,
        coalesce(departments.is_sample, false) as is_sample,
        syncs.synced_at,
        tombstones.record_id is not null as is_deleted,
        tombstones.deleted_at
    from departments
    inner join paths on departments.department_key = paths.department_key
    left join tombstones
        on
            departments.account = tombstones.account
            and departments.department_id = tombstones.record_id
            and tombstones.resource = 'departments'
    left join syncs on departments.account = syncs.account and syncs.resource = 'departments'

)

select * from final

with departments as (

    select * from {{ ref('int_workable__departments_pathed') }}

),

places as (

    select * from {{ ref('int_workable__legal_entities_walked') }}

),

field_choices as (

    select choices.* from {{ ref('int_workable__field_choices_exploded') }} as choices
    where choices.field_id in ('division', 'team') and choices.parent_field_id is null

),

chosen as (

    select
        field_choices.account,
        field_choices.field_id as group_type,
        field_choices.choice_id,
        field_choices.label,
        {{ hris_lifecycle_columns() }}
    from field_choices
    {{ hris_lifecycle_joins('field_choices', 'employee_fields', 'field_id') }}

),

grouped as (

    select
        account,
        {{ account_key('account', "'department'", 'department_id') }} as group_key,
        department_id as group_id,
        'department' as group_type,
        'department' as group_type_raw,
        name,
        cast(null as {{ dbt.type_string() }}) as legal_name,
        {{ account_key('account', "'department'", 'parent_department_id') }} as parent_group_key,
        path,
        depth,
        cast(null as {{ dbt.type_string() }}) as time_zone,
        department_key,
        is_sample,
        synced_at,
        is_deleted,
        deleted_at
    from departments
    union all
    select
        account,
        group_key,
        node_id as group_id,
        group_type,
        group_type_raw,
        name,
        legal_name,
        parent_group_key,
        path,
        depth,
        time_zone,
        cast(null as {{ dbt.type_string() }}) as department_key,
        is_sample,
        synced_at,
        is_deleted,
        deleted_at
    from places
    union all
    select
        account,
        {{ account_key('account', 'group_type', 'choice_id') }} as group_key,
        choice_id as group_id,
        group_type,
        group_type as group_type_raw,
        label as name,
        cast(null as {{ dbt.type_string() }}) as legal_name,
        cast(null as {{ dbt.type_string() }}) as parent_group_key,
        label as path,
        1 as depth,
        cast(null as {{ dbt.type_string() }}) as time_zone,
        cast(null as {{ dbt.type_string() }}) as department_key,
        false as is_sample,
        synced_at,
        is_deleted,
        deleted_at
    from chosen

),

final as (

    select
        grouped.*,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at
    from grouped

)

select * from final

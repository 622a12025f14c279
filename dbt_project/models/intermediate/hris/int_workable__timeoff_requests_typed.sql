with requests as (

    select
        *,
        {{ hris_timeoff_unit('unit') }} as counted_unit
    from {{ ref('stg_workable__timeoff_requests') }}

),

types as (

    select * from {{ ref('int_workable__timeoff_types_classified') }}
    where is_named_uniquely

),

halves as (

    select * from {{ ref('int_workable__timeoff_half_days_listed') }}

),

approval_elements as (

    {{ json_each_element('requests', 'pending_approvals', ['timeoff_request_key']) }}

),

approvers as (

    select
        timeoff_request_key,
        {{ dbt.listagg(
            json_text('element', 'approver_id'), "', '", 'order by position'
        ) }} as pending_approver_ids
    from approval_elements
    where {{ json_text('element', 'approver_id') }} is not null
    group by timeoff_request_key

),

employee_deletions as (

    select
        account,
        record_id as employee_id,
        deleted_at
    from {{ ref('int_workable__tombstones_current') }}
    where resource = 'employees'

),

final as (

    select
        requests.account,
        requests.timeoff_request_key,
        requests.timeoff_request_id,
        requests.employee_key,
        requests.employee_id,
        types.timeoff_type_key,
        requests.type_name as type_name_raw,
        case lower(requests.state)
            when 'pending' then 'requested'
            when 'approved' then 'approved'
            when 'rejected' then 'declined'
            when 'canceled' then 'cancelled'
            when 'cancelled' then 'cancelled'
            else case when requests.state is not null then 'other' end
        end as status,
        requests.state as status_raw,
        requests.start_date,
        requests.end_date,
        case
            when requests.counted_unit = 'hours' then requests.starts_at_local
        end as starts_at_local,
        case
            when requests.counted_unit = 'hours' then requests.ends_at_local
        end as ends_at_local,
        start_halves.half as start_half,
        end_halves.half as end_half,
        {{ json_to_text('requests.half_days') }} as half_days,
        requests.amount,
        requests.counted_unit as unit,
        requests.unit as unit_raw,
        approvers.pending_approver_ids,
        requests.last_changed_by_name,
        requests.updated_at,
        sync.synced_at,
        coalesce(tombstone.deleted_at, employee_deletions.deleted_at) is not null as is_deleted,
        coalesce(tombstone.deleted_at, employee_deletions.deleted_at) as deleted_at
    from requests
    left join types
        on requests.account = types.account and requests.type_name = types.name
    left join halves as start_halves
        on
            requests.timeoff_request_key = start_halves.timeoff_request_key
            and requests.start_date = start_halves.half_date
    left join halves as end_halves
        on
            requests.timeoff_request_key = end_halves.timeoff_request_key
            and requests.end_date = end_halves.half_date
    left join approvers on requests.timeoff_request_key = approvers.timeoff_request_key
    left join employee_deletions
        on
            requests.account = employee_deletions.account
            and requests.employee_id = employee_deletions.employee_id
    {{ hris_lifecycle_joins('requests', 'timeoff_requests', 'timeoff_request_id') }}

)

select * from final

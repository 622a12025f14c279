with requisitions as (

    select
        *,
        {{ account_key('account', 'department_id') }} as department_key,
        {{ account_key('account', 'candidate_id') }} as application_key,
        {{ account_key('account', "'member'", 'requester_id') }} as requester_user_key,
        {{ account_key('account', "'member'", 'hiring_manager_id') }} as hiring_manager_user_key,
        {{ account_key('account', "'member'", 'owner_id') }} as owner_user_key
    from {{ ref('stg_workable__requisitions') }}

),

-- A requisition names its job by the id, everything else by the shortcode.
jobs as (

    select
        account,
        job_id,
        max(job_key) as job_key,
        bool_and(is_sample) as is_sample
    from {{ ref('int_workable__jobs_joined') }}
    group by account, job_id
    having count(*) = 1

),

tombstones as (

    select * from {{ ref('int_workable__tombstones_current') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

final as (

    select
        requisitions.account,
        requisitions.requisition_key,
        requisitions.requisition_id,
        requisitions.code,
        jobs.job_key,
        requisitions.job_title,
        requisitions.department_key,
        requisitions.department_name,
        requisitions.application_key,
        requisitions.requester_user_key,
        requisitions.hiring_manager_user_key,
        requisitions.owner_user_key,
        requisitions.location_text,
        requisitions.city,
        requisitions.region,
        requisitions.country_code,
        {{ employment_type('requisitions.employment_type') }} as employment_type,
        requisitions.employment_type as employment_type_raw,
        requisitions.reason,
        {{ mapped('requisitions.state', {
            'draft': 'draft', 'processing': 'processing', 'pending': 'pending', 'approved': 'approved',
            'open': 'open', 'reserved': 'reserved', 'filled': 'filled', 'rejected': 'rejected',
            'cancelled': 'cancelled', 'canceled': 'cancelled', 'on_hold': 'on_hold',
        }) }} as state,
        requisitions.state as state_raw,
        requisitions.plan_date,
        requisitions.start_date,
        coalesce(jobs.is_sample, false) as is_sample,
        requisitions.created_at,
        requisitions.updated_at,
        syncs.synced_at,
        tombstones.record_id is not null as is_deleted,
        tombstones.deleted_at
    from requisitions
    left join jobs on requisitions.account = jobs.account and requisitions.job_id = jobs.job_id
    left join tombstones
        on
            requisitions.account = tombstones.account
            and requisitions.code = tombstones.record_id
            and tombstones.resource = 'requisitions'
    left join syncs on requisitions.account = syncs.account and syncs.resource = 'requisitions'

)

select * from final

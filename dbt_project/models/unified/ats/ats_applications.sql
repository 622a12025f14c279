with applications as (

    select * from {{ ref('int_workable__applications_statused') }}

),

people as (

    select * from {{ ref('int_workable__people_remembered') }}

),

relocations as (

    select * from {{ ref('int_workable__relocations_found') }}

),

flags as (

    select * from {{ ref('int_workable__candidates_flagged') }}

),

jobs as (

    select
        job_key,
        status
    from {{ ref('int_workable__jobs_joined') }}

),

offers as (

    select
        {{ account_key('account', 'candidate_id') }} as application_key,
        {{ normalised_value('state') }} as offer_state
    from {{ ref('stg_workable__offers') }}

),

requisitions as (

    select
        {{ account_key('account', 'candidate_id') }} as application_key,
        max(requisition_key) as requisition_key
    from {{ ref('stg_workable__requisitions') }}
    where candidate_id is not null
    group by account, candidate_id
    having count(*) = 1

),

hires as (

    select
        application_key,
        employee_key
    from {{ ref('int_workable__hires_remembered') }}
    where application_key is not null

),

categories as (

    select * from {{ ref('source_categories') }}

),

final as (

    select
        applications.account,
        applications.application_key,
        applications.candidate_key,
        applications.candidate_id,
        people.person_key,
        applications.job_key,
        applications.current_stage_key,
        applications.current_stage_name,
        applications.current_stage_kind,
        applications.current_reporting_stage as reporting_stage,
        applications.status,
        applications.status_raw,
        applications.applied_at,
        applications.is_sourced,
        applications.source_name,
        case
            when applications.source_category_raw is not null
                then coalesce(categories.source_category, 'other')
        end as source_category,
        applications.source_category_raw,
        applications.source_domain,
        applications.source_outlet,
        applications.moved_to_offer_at,
        applications.moved_to_offer_at_basis,
        applications.hired_at,
        applications.hired_at_basis,
        applications.was_hired,
        applications.hire_undone_at,
        applications.disqualified_at,
        applications.disqualification_reason_key,
        applications.disqualification_reason_raw,
        applications.disqualification_type,
        applications.disqualified_stage_name,
        offers.offer_state,
        case
            when applications.is_copy and relocations.application_key is null
                then {{ account_key(
                    'applications.account', 'applications.originating_candidate_id'
                ) }}
        end as copied_from_application_key,
        relocations.relocated_from_application_key,
        relocations.basis as relocated_from_basis,
        flags.is_superseded,
        applications.status = 'active'
        and not flags.is_deleted
        and coalesce(jobs.status, 'published') <> 'archived' as is_open,
        hires.employee_key,
        requisitions.requisition_key,
        applications.is_anonymized,
        applications.is_sample,
        applications.created_at,
        applications.updated_at,
        applications.synced_at,
        applications.is_deleted,
        applications.deleted_at
    from applications
    left join people on applications.candidate_key = people.candidate_key
    left join relocations on applications.application_key = relocations.application_key
    inner join flags on applications.application_key = flags.candidate_key
    left join jobs on applications.job_key = jobs.job_key
    left join offers on applications.application_key = offers.application_key
    left join requisitions on applications.application_key = requisitions.application_key
    left join hires on applications.application_key = hires.application_key
    left join categories
        on
            {{ normalised_value('applications.source_category_raw') }}
            = {{ normalised_value('categories.source_category_raw') }}

)

select * from final

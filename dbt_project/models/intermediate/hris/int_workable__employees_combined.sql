{{ config(materialized='table') }}

with employees as (

    select * from {{ ref('stg_workable__employees') }}

),

details as (

    select
        *,
        {{ hris_primary_value('employment_group') }} as employment,
        {{ hris_primary_value('phone_group') }} as phone_row,
        {{ hris_primary_value('probation_group') }} as probation,
        {{ hris_primary_value('personal_emails') }} as personal_email_value,
        {{ hris_choice('status') }} as status_choice_id,
        {{ hris_choice('division') }} as division_choice_id,
        {{ hris_choice('team') }} as team_choice_id,
        {{ hris_choice('country') }} as country_choice
    from {{ ref('stg_workable__employee_details') }}

),

detail_values as (

    select
        *,
        {{ blank_to_null(json_text('phone_row', 'phone')) }} as phone,
        {{ blank_to_null(json_text('personal_email_value')) }} as personal_email,
        {{ text_date(json_text('probation', 'probation_end_date')) }} as probation_end_date,
        {{ text_date(json_text('employment', 'employment_expiry_date')) }} as contract_end_date,
        {{ hris_choice(json_value('employment', 'employment_status')) }} as employment_type_raw,
        {{ hris_choice(json_value('employment', 'employment_work_place')) }} as workplace_type_raw,
        {{ text_decimal(json_text('notice_period')) }} as notice_period_days
    from details

),

choices as (

    select * from {{ ref('int_workable__field_choices_spelled') }}

),

combined as (

    select
        listed.account,
        listed.employee_key,
        listed.employee_id,
        {{ hris_listed_or_detail('manager_id', 'manager_id') }} as manager_id,
        {{ hris_listed_or_detail('department_id', 'department_id') }} as department_id,
        {{ hris_listed_or_detail('legal_entity_id', 'legal_entity_id') }} as legal_entity_id,
        {{ hris_listed_or_detail('work_schedule_id', 'work_schedule_id') }} as work_schedule_id,
        coalesce(listed.division_id, detail.division_choice_id) as division_choice_id,
        detail.team_choice_id,
        listed.candidate_id,
        {{ hris_listed_or_detail('employee_number', 'employee_number') }} as employee_number,
        {{ hris_listed_or_detail('first_name', 'first_name') }} as first_name,
        detail.middle_name,
        {{ hris_listed_or_detail('last_name', 'last_name') }} as last_name,
        {{ hris_listed_or_detail('preferred_name', 'preferred_name') }} as preferred_name,
        {{ hris_listed_or_detail('work_email', 'work_email') }} as work_email,
        {{ hris_listed_or_detail('personal_email', 'personal_email') }} as personal_email,
        {{ hris_listed_or_detail('phone', 'phone') }} as phone,
        {{ hris_listed_or_detail('job_title', 'job_title') }} as job_title,
        coalesce(listed.status_semantic_type, listed.state, detail.status_choice_id) as status_raw,
        detail.status_choice_id,
        detail.employment_type_raw,
        detail.workplace_type_raw,
        case
            when length(detail.country_choice) = 2 then upper(detail.country_choice)
        end as country_code,
        detail.hire_date,
        {{ hris_listed_or_detail('start_date', 'start_date') }} as start_date,
        detail.probation_end_date,
        detail.contract_end_date,
        detail.notice_period_days,
        coalesce(listed.is_sample, false) as is_sample,
        detail.employee_key is not null as has_detail,
        {{ hris_lifecycle_columns() }}
    from employees as listed
    left join detail_values as detail on listed.employee_key = detail.employee_key
    {{ hris_lifecycle_joins('listed', 'employees', 'employee_id') }}

),

final as (

    select
        combined.*,
        case lower(combined.status_raw)
            when 'status_active' then 'active'
            when 'published' then 'active'
            when 'status_draft' then 'pending'
            when 'draft' then 'pending'
            when 'status_inactive' then 'inactive'
            when 'inactive' then 'inactive'
            else case when combined.status_raw is not null then 'other' end
        end as status,
        case
            when combined.status_choice_id not like 'status\_%' escape '\'
                then coalesce(status_choices.label, combined.status_choice_id)
        end as custom_status,
        coalesce(
            employment_choices.label, combined.employment_type_raw
        ) as employment_type_label,
        coalesce(
            workplace_choices.label, combined.workplace_type_raw
        ) as workplace_type_label
    from combined
    left join choices as status_choices
        on
            combined.account = status_choices.account
            and combined.status_choice_id = status_choices.spelling
            and status_choices.field_id = 'status'
    left join choices as employment_choices
        on
            combined.account = employment_choices.account
            and combined.employment_type_raw = employment_choices.spelling
            and employment_choices.field_id = 'employment_status'
    left join choices as workplace_choices
        on
            combined.account = workplace_choices.account
            and combined.workplace_type_raw = workplace_choices.spelling
            and workplace_choices.field_id = 'employment_work_place'

)

select * from final

with employees as (

    select * from {{ ref('int_workable__employees_combined') }}
    {% if not var('include_deleted', false) %}
    where not is_deleted
    {% endif %}

),

terminations as (

    select * from {{ ref('int_workable__employee_terminations') }}

),

places as (

    select * from {{ ref('int_workable__legal_entities_walked') }}

),

schedules as (

    select * from {{ ref('int_workable__work_schedules_expanded') }}

),

choices as (

    select * from {{ ref('int_workable__field_choices_spelled') }}

),

hires as (

    select * from {{ ref('int_workable__hires_remembered') }}

),

users as (

    select * from {{ ref('int_workable__users_matched') }}
    where is_only_user

),

final as (

    select
        employees.account,
        employees.employee_key,
        employees.employee_id,
        employees.employee_number,
        employees.first_name,
        employees.middle_name,
        employees.last_name,
        employees.preferred_name,
        nullif(
            trim(coalesce(employees.first_name, '') || ' ' || coalesce(employees.last_name, '')), ''
        ) as full_name,
        employees.work_email,
        employees.personal_email,
        employees.phone,
        employees.job_title,
        employees.status,
        employees.status_raw,
        employees.custom_status,
        {{ employment_type(hris_choice_word(
            'employees.employment_type_label', 'employement_type_'
        )) }} as employment_type,
        employees.employment_type_raw,
        {{ workplace_type(hris_choice_word(
            'employees.workplace_type_label', 'employment_work_place_'
        )) }} as workplace_type,
        employees.workplace_type_raw,
        employees.hire_date,
        employees.start_date,
        employees.probation_end_date,
        employees.contract_end_date,
        terminations.termination_date,
        terminations.termination_date_basis,
        terminations.termination_reason,
        terminations.termination_type,
        employees.notice_period_days,
        {{ account_key('employees.account', 'employees.manager_id') }} as manager_key,
        {{ account_key('employees.account', 'employees.department_id') }} as department_key,
        coalesce(divisions.label, employees.division_choice_id) as division,
        {{ account_key('employees.account', "'division'", 'divisions.choice_id') }} as division_key,
        coalesce(teams.label, employees.team_choice_id) as team,
        {{ account_key('employees.account', "'team'", 'teams.choice_id') }} as team_key,
        places.legal_entity_key,
        places.location_key,
        places.site_key,
        employees.country_code,
        {{ account_key('employees.account', 'employees.work_schedule_id') }} as work_schedule_key,
        schedules.weekly_hours,
        {{ hris_full_time_equivalent('schedules.weekly_hours') }} as full_time_equivalent,
        hires.candidate_key,
        hires.application_key,
        hires.candidate_link_basis,
        users.user_key,
        employees.is_sample,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        employees.synced_at,
        employees.is_deleted,
        employees.deleted_at
    from employees
    left join terminations on employees.employee_key = terminations.employee_key
    left join places
        on
            employees.account = places.account
            and employees.legal_entity_id = places.node_id
    left join schedules
        on
            employees.account = schedules.account
            and employees.work_schedule_id = schedules.work_schedule_id
    left join choices as divisions
        on
            employees.account = divisions.account
            and divisions.field_id = 'division'
            and employees.division_choice_id = divisions.spelling
    left join choices as teams
        on
            employees.account = teams.account
            and teams.field_id = 'team'
            and employees.team_choice_id = teams.spelling
    left join hires on employees.employee_key = hires.employee_key
    left join users on employees.employee_key = users.employee_key

)

select * from final

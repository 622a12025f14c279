{% snapshot snapshot_employees %}

{{ config(unique_key='employee_key', strategy='check', check_cols='all', hard_deletes='ignore') }}

-- Not from hris_employees, which leaves the deleted out and whose leave dates may read this
-- history.
with employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

places as (

    select * from {{ ref('int_workable__legal_entities_walked') }}

),

final as (

    select
        employees.account,
        employees.employee_key,
        employees.status,
        employees.job_title,
        {{ account_key('employees.account', 'employees.manager_id') }} as manager_key,
        {{ account_key('employees.account', 'employees.department_id') }} as department_key,
        places.legal_entity_key,
        places.location_key,
        places.site_key,
        {{ employment_type(hris_choice_word(
            'employees.employment_type_label', 'employement_type_'
        )) }} as employment_type,
        {{ account_key('employees.account', 'employees.work_schedule_id') }} as work_schedule_key,
        employees.start_date,
        employees.is_deleted
    from employees
    left join places
        on
            employees.account = places.account
            and employees.legal_entity_id = places.node_id
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

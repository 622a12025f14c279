{%- set links = [
    ('ats_applications', 'job_key', 'ats_jobs', 'job_key', 'true'),
    ('ats_applications', 'disqualification_reason_key', 'ats_disqualification_reasons',
        'disqualification_reason_key', 'true'),
    ('ats_activities', 'application_key', 'ats_applications', 'application_key', 'true'),
    ('ats_activities', 'job_key', 'ats_jobs', 'job_key', 'true'),
    ('ats_activities', 'user_key', 'ats_users', 'user_key', 'true'),
    ('ats_interviews', 'job_key', 'ats_jobs', 'job_key', 'true'),
    ('ats_job_hiring_team', 'user_key', 'ats_users', 'user_key', 'true'),
    ('ats_jobs', 'department_key', 'ats_departments', 'department_key', 'true'),
    ('ats_requisitions', 'job_key', 'ats_jobs', 'job_key', 'true'),
    ('ats_requisitions', 'department_key', 'ats_departments', 'department_key', 'true'),
    ('hris_employees', 'department_key', 'ats_departments', 'department_key', 'true'),
    ('hris_employees', 'manager_key', 'hris_employees', 'employee_key', 'true'),
    ('hris_employees', 'legal_entity_key', 'hris_groups', 'group_key', 'true'),
    ('hris_employees', 'work_schedule_key', 'hris_work_schedules', 'work_schedule_key', 'true'),
    ('hris_timeoff_balances', 'timeoff_type_key', 'hris_timeoff_types', 'timeoff_type_key', 'true'),
    ('hris_timeoff_requests', 'employee_key', 'hris_employees', 'employee_key', 'not child.is_deleted'),
] -%}
with
{%- for child, column, parent, parent_column, condition in links %}
{{ child }}_{{ column }} as (

    select
        child.account,
        '{{ child }}.{{ column }}' as subject,
        child.{{ column }} as missing_key,
        '{{ parent_column }}' as parent_column,
        count(*) as affected_rows
    from {{ ref(child) }} as child
    left join {{ ref(parent) }} as parent on child.{{ column }} = parent.{{ parent_column }}
    where
        child.{{ column }} is not null
        and parent.{{ parent_column }} is null
        and {{ condition }}
    group by child.account, child.{{ column }}

),

{% endfor %}
final as (

    {% for child, column, _, _, _ in links %}
    select * from {{ child }}_{{ column }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final

{%- set enumerations = [
    ('ats_applications', 'reporting_stage', 'current_stage_kind'),
    ('ats_applications', 'source_category', 'source_category_raw'),
    ('ats_jobs', 'employment_type', 'employment_type_raw'),
    ('ats_jobs', 'workplace_type', 'workplace_type_raw'),
    ('ats_requisitions', 'state', 'state_raw'),
    ('ats_requisitions', 'employment_type', 'employment_type_raw'),
    ('ats_interviews', 'interview_type', 'interview_type_raw'),
    ('hris_employees', 'status', 'status_raw'),
    ('hris_employees', 'employment_type', 'employment_type_raw'),
    ('hris_employees', 'workplace_type', 'workplace_type_raw'),
    ('hris_fields', 'field_type', 'field_type_raw'),
    ('hris_timeoff_requests', 'status', 'status_raw'),
    ('hris_timeoff_requests', 'unit', 'unit_raw'),
    ('hris_timeoff_balances', 'unit', 'unit_raw'),
] -%}
with terminations as (

    select * from {{ ref('int_workable__employee_terminations') }}

),

types as (

    select * from {{ ref('hris_timeoff_types') }}

),

requests as (

    select * from {{ ref('hris_timeoff_requests') }}

),

{% for model, column, raw in enumerations %}
{{ model }}_{{ column }} as (

    select
        account,
        '{{ model }}.{{ column }}' as subject,
        {{ raw }} as raw_value,
        count(*) as affected_rows
    from {{ ref(model) }}
    where
        {{ column }} = 'other'
        and {{ normalised_value(raw) }} not in ('other', 'employement_type_other')
    group by account, {{ raw }}

),

{% endfor %}
reasons as (

    select
        account,
        'hris_employees.termination_type' as subject,
        termination_reason as raw_value,
        count(*) as affected_rows
    from terminations
    where is_unmapped_reason
    group by account, termination_reason

),

kinds as (

    select
        account,
        'hris_timeoff_types.absence_kind' as subject,
        name as raw_value,
        count(*) as affected_rows
    from types
    where absence_kind_basis = 'unmapped' and not is_deleted
    group by account, name

),

-- A request names its category, and no category or more than one has that name.
categories as (

    select
        account,
        'hris_timeoff_requests.timeoff_type_key' as subject,
        type_name_raw as raw_value,
        count(*) as affected_rows
    from requests
    where timeoff_type_key is null and type_name_raw is not null and not is_deleted
    group by account, type_name_raw

),

final as (

    {% for model, column, _ in enumerations %}
    select * from {{ model }}_{{ column }}
    union all
    {% endfor %}
    select * from reasons
    union all
    select * from kinds
    union all
    select * from categories

)

select * from final

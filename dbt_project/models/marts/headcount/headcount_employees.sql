with lines as (

    select * from {{ ref('int_workable__managers_untangled') }}

),

employees as (

    select * from {{ ref('hris_employees') }}

),

employments as (

    select * from {{ ref('int_workable__employments_dated') }}

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

departments as (

    select * from {{ ref('ats_departments') }}

),

groups as (

    select * from {{ ref('hris_groups') }}

),

reports as (

    select
        leader_key,
        cast(sum(case when distance = 1 then 1 else 0 end) as integer) as direct_reports,
        cast(count(*) - 1 as integer) as total_reports
    from {{ ref('headcount_org_bridge') }}
    group by leader_key

),

depths as (

    select
        employee_key,
        max(leader_depth) as depth
    from {{ ref('headcount_org_bridge') }}
    group by employee_key

),

joined as (

    select
        employees.account,
        employees.employee_key,
        employees.employee_number,
        employees.full_name,
        employees.preferred_name,
        employees.work_email,
        employees.job_title,
        employees.department_key,
        departments.name as department_name,
        departments.path as department_path,
        departments.root_department_key as top_department_key,
        top_departments.name as top_department_name,
        lines.manager_key,
        managers.full_name as manager_name,
        lines.is_in_manager_cycle,
        depths.depth,
        reports.direct_reports,
        reports.total_reports,
        employees.legal_entity_key,
        legal_entities.name as legal_entity_name,
        employees.location_key,
        locations.name as location_name,
        employees.country_code,
        employees.employment_type,
        employees.full_time_equivalent,
        employees.user_key,
        employments.start_date,
        employments.leave_date,
        employments.previous_employee_key,
        {{ days_between('employments.start_date', 'histories.today') }} as tenure_days
    from lines
    inner join employees on lines.employee_key = employees.employee_key
    inner join employments on lines.employee_key = employments.employee_key
    inner join histories on lines.account = histories.account
    inner join reports on lines.employee_key = reports.leader_key
    inner join depths on lines.employee_key = depths.employee_key
    left join employees as managers on lines.manager_key = managers.employee_key
    left join departments on employees.department_key = departments.department_key
    left join departments as top_departments
        on departments.root_department_key = top_departments.department_key
    left join groups as legal_entities on employees.legal_entity_key = legal_entities.group_key
    left join groups as locations on employees.location_key = locations.group_key

),

final as (

    select
        *,
        case
            when tenure_days < 90 then 'under 90 days'
            when tenure_days < 365 then '90 days to 1 year'
            when tenure_days < 730 then '1 to 2 years'
            when tenure_days < 1826 then '2 to 5 years'
            when tenure_days < 3652 then '5 to 10 years'
            else 'over 10 years'
        end as tenure_band
    from joined

)

select * from final

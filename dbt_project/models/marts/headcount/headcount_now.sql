{{ config(materialized='view') }}

with profiles as (

    select
        account,
        employee_key,
        department_key
    from {{ ref('hris_employees') }}
    where status = 'active' and {{ sample_counts() }}

),

employed as (

    select
        account,
        employee_key,
        department_key,
        full_time_equivalent
    from {{ ref('headcount_employees') }}

),

departments as (

    select * from {{ ref('ats_departments') }}

),

people as (

    select
        account,
        department_key,
        1 as head,
        full_time_equivalent,
        0 as active_profile
    from employed
    union all
    select
        account,
        department_key,
        0 as head,
        null as full_time_equivalent,
        1 as active_profile
    from profiles

),

placed as (

    select
        people.*,
        departments.root_department_key
    from people
    left join departments on people.department_key = departments.department_key

),

levels as (

    {% for level, key in [
        ('company', 'cast(null as ' ~ dbt.type_string() ~ ')'),
        ('top_department', 'root_department_key'),
        ('department', 'department_key'),
    ] -%}
    select
        account,
        '{{ level }}' as level,
        {{ key }} as department_key,
        head,
        full_time_equivalent,
        active_profile
    from placed
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}

),

final as (

    select
        account,
        {{ account_key('account', 'level', key_part('department_key')) }} as now_key,
        level,
        department_key,
        cast(sum(head) as integer) as heads,
        cast(sum(full_time_equivalent) as decimal(38, 9)) as fte,
        cast(sum(active_profile) as integer) as active_profiles
    from levels
    group by account, level, department_key

)

select * from final

{%- set date_field = var('termination_date_field', none) -%}
{%- set reason_field = var('termination_reason_field', none) -%}
with employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

custom_values as (

    select
        *,
        row_number() over (
            partition by employee_key, field_key
            order by case when is_primary then 0 else 1 end, row_position
        ) as place
    from {{ ref('int_workable__employee_values_typed') }}

),

-- The variables hold an id or a label; without them the source does not say when people leave.
dates as (

    select
        employee_key,
        min(value_date) as termination_date
    from custom_values
    where place = 1 and {{ hris_field_is(date_field) }}
    group by employee_key
    having min(value_date) = max(value_date)

),

reasons as (

    select
        employee_key,
        min(value_text) as termination_reason
    from custom_values
    where place = 1 and {{ hris_field_is(reason_field) }}
    group by employee_key
    having min(value_text) = max(value_text)

),

reason_types as (

    select * from {{ ref('hris_termination_reasons') }}

),

-- The last time that a snapshot saw somebody active.
last_seen_active as (

    select
        employee_key,
        max(dbt_valid_from) as active_from
    from {{ ref('snapshot_employees') }}
    where
        status = 'active'
        and not is_deleted
        and {{ version_held() }}
    group by employee_key

),

ended as (

    select
        versions.employee_key,
        {{ local_date('versions.dbt_valid_to') }} as termination_date
    from {{ ref('snapshot_employees') }} as versions
    inner join last_seen_active
        on
            versions.employee_key = last_seen_active.employee_key
            and versions.dbt_valid_from = last_seen_active.active_from
    where versions.dbt_valid_to > versions.dbt_valid_from

),

-- Who vanished while active left on the day that saw it, who was seen active and is inactive on the
-- day that first saw that. Who was inactive at first sight left on a day that nobody saw, and who
-- never started did not leave.
observed as (

    select
        employees.employee_key,
        case
            when employees.status = 'active' then {{ local_date('employees.deleted_at') }}
            when employees.status = 'inactive' then ended.termination_date
        end as termination_date
    from employees
    left join ended on employees.employee_key = ended.employee_key
    where employees.is_deleted or employees.status = 'inactive'

),

final as (

    select
        employees.account,
        employees.employee_key,
        coalesce(dates.termination_date, observed.termination_date) as termination_date,
        case
            when dates.termination_date is not null then 'source'
            when observed.termination_date is not null then 'observed'
        end as termination_date_basis,
        reasons.termination_reason,
        case
            when reasons.termination_reason is not null
                then coalesce(reason_types.termination_type, 'other')
        end as termination_type,
        reasons.termination_reason is not null
        and reason_types.termination_type is null as is_unmapped_reason
    from employees
    left join dates on employees.employee_key = dates.employee_key
    left join reasons on employees.employee_key = reasons.employee_key
    left join reason_types
        on lower(trim(reasons.termination_reason)) = reason_types.termination_reason
    left join observed on employees.employee_key = observed.employee_key

)

select * from final

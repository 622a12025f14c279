{{ config(materialized='table') }}

with versions as (

    select
        *,
        {{ local_date('dbt_valid_from') }} as seen_date,
        row_number() over (partition by employee_key order by dbt_valid_from) as version_number
    from {{ ref('snapshot_employees') }}
    where {{ version_held() }}

),

employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

-- What was first seen stands for all the time before, back to the first day of work; what was seen
-- before that day only leads up to it. The record of somebody gone says nothing new.
begun as (

    select
        versions.*,
        case
            when versions.version_number = 1 or versions.seen_date <= employees.start_date
                then employees.start_date
            else versions.seen_date
        end as valid_from,
        case
            when versions.version_number = 1 and versions.seen_date > employees.start_date
                then 'reconstructed'
            else 'observed'
        end as basis
    from versions
    inner join employees on versions.employee_key = employees.employee_key
    where
        employees.start_date is not null
        and {{ sample_counts('employees.is_sample') }}
        and (versions.version_number = 1 or not versions.is_deleted)

),

-- The last of the versions of one day is the one that holds.
held as (

    select
        *,
        row_number() over (
            partition by employee_key, valid_from order by dbt_valid_from desc
        ) as place
    from begun

),

final as (

    select
        account,
        employee_key,
        valid_from,
        lead(valid_from) over (partition by employee_key order by valid_from) as valid_to,
        department_key,
        manager_key,
        job_title,
        legal_entity_key,
        location_key,
        employment_type,
        work_schedule_key,
        basis
    from held
    where place = 1

)

select * from final

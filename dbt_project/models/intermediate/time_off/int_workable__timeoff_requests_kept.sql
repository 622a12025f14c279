{{ config(materialized='table') }}

with requests as (

    select * from {{ ref('hris_timeoff_requests') }}

),

employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

departments as (

    select * from {{ ref('int_workable__employee_departments_dated') }}

),

types as (

    select * from {{ ref('int_workable__timeoff_types_classified') }}

),

-- Categories that share a name share a kind, too: the kind goes by the name.
kinds as (

    select
        account,
        name,
        min(absence_kind) as absence_kind
    from types
    group by account, name

),

-- A request that Workable no longer has counts only if its employee is gone, too: then its days
-- are facts of the past. One of more than ten years is a slip of the keyboard.
final as (

    select
        requests.account,
        requests.timeoff_request_key,
        requests.employee_key,
        departments.department_key,
        requests.timeoff_type_key,
        coalesce(kinds.absence_kind, 'other') as kind,
        requests.unit,
        requests.status,
        requests.start_date,
        requests.end_date,
        requests.amount,
        requests.updated_at,
        coalesce(employees.is_deleted, requests.is_deleted) as is_deleted
    from requests
    left join employees on requests.employee_key = employees.employee_key
    left join departments
        on
            requests.employee_key = departments.employee_key
            and {{ date_within(
                'requests.start_date', 'departments.valid_from', 'departments.valid_to'
            ) }}
    left join kinds on requests.account = kinds.account and requests.type_name_raw = kinds.name
    where
        (not requests.is_deleted or coalesce(employees.is_deleted, false))
        and {{ sample_counts('coalesce(employees.is_sample, false)') }}
        and requests.amount is not null
        and {{ days_between('requests.start_date', 'requests.end_date') }} between 0 and 3660

)

select * from final

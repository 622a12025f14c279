with employees as (

    select * from {{ ref('int_workable__employees_combined') }}
    {% if not var('include_sample', false) %}
    where not is_sample
    {% endif %}

),

terminations as (

    select * from {{ ref('int_workable__employee_terminations') }}

),

snapshots as (

    select * from {{ ref('snapshot_employees') }}

),

uncounted as (

    select
        employees.account,
        employees.employee_key,
        case
            when employees.start_date is null then 'no_start_date'
            when
                terminations.termination_date is null
                and (employees.status = 'inactive' or employees.is_deleted)
                then 'no_leave_date'
            when terminations.termination_date <= employees.start_date then 'left_before_start'
        end as reason
    from employees
    left join terminations on employees.employee_key = terminations.employee_key
    where employees.status <> 'pending'

),

compared as (

    select
        account,
        employee_key,
        start_date,
        lag(start_date) over (partition by employee_key order by dbt_valid_from, dbt_valid_to)
            as earlier_start_date,
        dbt_valid_from
    from snapshots
    where dbt_valid_from < dbt_valid_to or dbt_valid_to is null

),

edited as (

    select
        employees.account,
        employees.employee_key,
        max(compared.dbt_valid_from) as seen_at
    from compared
    inner join employees on compared.employee_key = employees.employee_key
    where
        abs({{ days_between('compared.earlier_start_date', 'compared.start_date') }}) > 30
    group by employees.account, employees.employee_key

),

final as (

    select
        account,
        employee_key,
        'counted_nowhere' as check_name,
        reason,
        cast(null as {{ dbt.type_timestamp() }}) as seen_at
    from uncounted
    where reason is not null
    union all
    select
        account,
        employee_key,
        'start_date_edited' as check_name,
        'by_more_than_30_days' as reason,
        seen_at
    from edited

)

select * from final

with histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

present as (

    select * from {{ ref('headcount_employees') }}

),

employments as (

    select * from {{ ref('int_workable__employments_dated') }}
    where is_counted or uncounted_reason = 'pending'

),

employees as (

    select * from {{ ref('hris_employees') }}

),

requisitions as (

    select
        *,
        coalesce(start_date, plan_date) as date
    from {{ ref('ats_requisitions') }}
    where
        state in ('approved', 'open', 'reserved')
        and not is_deleted
        and {{ sample_counts() }}

),

-- What is expected to happen, each with its day; a day that is past means that it is overdue.
expected as (

    select
        employees.account,
        employees.department_key,
        'starter' as kind,
        employments.start_date as date
    from employments
    inner join employees on employments.employee_key = employees.employee_key
    inner join histories on employments.account = histories.account
    where employments.uncounted_reason = 'pending' or employments.start_date > histories.today
    union all
    select
        employees.account,
        employees.department_key,
        'leaver' as kind,
        employments.leave_date as date
    from employments
    inner join employees on employments.employee_key = employees.employee_key
    inner join histories on employments.account = histories.account
    where employments.is_counted and employments.leave_date > histories.today
    union all
    select
        account,
        department_key,
        'requisition' as kind,
        date
    from requisitions

),

dated as (

    select
        expected.account,
        expected.department_key,
        {{ account_key('expected.account', key_part('expected.department_key')) }} as cell_key,
        expected.kind,
        case when expected.date > histories.today then {{ month_of('expected.date') }} end as month,
        expected.date <= histories.today as is_overdue,
        expected.date is null as is_undated
    from expected
    inner join histories on expected.account = histories.account

),

cells as (

    select
        account,
        department_key,
        {{ account_key('account', key_part('department_key')) }} as cell_key,
        cast(count(*) as integer) as heads_now
    from present
    group by account, department_key

),

all_cells as (

    select
        account,
        department_key,
        cell_key
    from cells
    union
    select
        account,
        department_key,
        cell_key
    from dated

),

spine as (

    select
        all_cells.account,
        all_cells.department_key,
        all_cells.cell_key,
        coalesce(cells.heads_now, 0) as heads_now,
        {{ month_of('histories.today') }} as this_month,
        {{ each_month(
            month_of('histories.today'), add_months(month_of('histories.today'), 12)
        ) }} as month
    from all_cells
    inner join histories on all_cells.account = histories.account
    left join cells on all_cells.cell_key = cells.cell_key

),

counted as (

    select
        spine.account,
        spine.department_key,
        spine.cell_key,
        spine.month,
        {% for name, condition in [
            ('starters', "dated.kind = 'starter' and dated.month = spine.month"),
            ('leavers', "dated.kind = 'leaver' and dated.month = spine.month"),
            ('requisitions', "dated.kind = 'requisition' and dated.month = spine.month"),
            ('starters_overdue', "dated.kind = 'starter' and is_overdue and spine.month = this_month"),
            (
                'requisitions_overdue',
                "dated.kind = 'requisition' and is_overdue and spine.month = this_month"
            ),
            (
                'requisitions_undated',
                "dated.kind = 'requisition' and is_undated and spine.month = this_month"
            ),
        ] -%}
        cast(count(case when {{ condition }} then 1 end) as integer) as {{ name }},
        {% endfor -%}
        spine.heads_now
    from spine
    left join dated on spine.cell_key = dated.cell_key
    group by
        spine.account, spine.department_key, spine.cell_key, spine.month, spine.heads_now

),

final as (

    select
        account,
        cell_key || ':' || cast(month as {{ dbt.type_string() }}) as outlook_key,
        month,
        department_key,
        heads_now,
        starters,
        leavers,
        requisitions,
        starters_overdue,
        requisitions_overdue,
        requisitions_undated,
        cast(
            heads_now + sum(starters - leavers) over by_month as integer
        ) as expected_heads,
        cast(
            heads_now + sum(starters - leavers + requisitions) over by_month as integer
        ) as expected_heads_with_requisitions
    from counted
    window by_month as (
        partition by cell_key order by month
        rows between unbounded preceding and current row
    )

)

select * from final

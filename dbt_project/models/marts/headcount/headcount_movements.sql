{%- set dimensions = headcount_dimensions() -%}
with employments as (

    select * from {{ ref('int_workable__employments_dated') }}
    where is_counted

),

periods as (

    select * from {{ ref('headcount_periods') }}

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

employed as (

    select
        periods.account,
        periods.employee_key,
        periods.valid_from,
        periods.valid_to,
        periods.basis as period_basis,
        employments.start_date,
        employments.leave_date,
        employments.leave_date_basis,
        employments.termination_reason,
        employments.termination_type,
        {% for column in dimensions -%}
        periods.{{ column }},
        lag(periods.{{ column }}) over by_date as previous_{{ column }},
        {% endfor -%}
        employments.previous_employee_key
    from periods
    inner join employments on periods.employee_key = employments.employee_key
    window by_date as (partition by periods.employee_key order by periods.valid_from)

),

-- The first period begins on the first day of work and no other does.
hires as (

    select
        account,
        employee_key,
        start_date as date,
        case when previous_employee_key is null then 'hire' else 'rehire' end as movement,
        {% for column in dimensions -%}
        cast(null as {{ dbt.type_string() }}) as from_{{ column }},
        {{ column }} as to_{{ column }},
        {% endfor -%}
        cast(null as {{ dbt.type_string() }}) as changed,
        previous_employee_key,
        cast(null as {{ dbt.type_string() }}) as leave_reason,
        cast(null as {{ dbt.type_string() }}) as leave_type,
        period_basis as basis
    from employed
    where valid_from = start_date

),

transfers as (

    select
        account,
        employee_key,
        valid_from as date,
        'transfer' as movement,
        {% for column in dimensions -%}
        previous_{{ column }} as from_{{ column }},
        {{ column }} as to_{{ column }},
        {% endfor -%}
        {% set words = [] -%}
        {% for column in dimensions -%}
        {% do words.append(
            "case when " ~ headcount_differs(column, 'previous_' ~ column)
            ~ " then '" ~ column | replace('_key', '') ~ " ' else '' end"
        ) -%}
        {% endfor -%}
        replace(trim({{ words | join(' || ') }}), ' ', ', ') as changed,
        cast(null as {{ dbt.type_string() }}) as previous_employee_key,
        cast(null as {{ dbt.type_string() }}) as leave_reason,
        cast(null as {{ dbt.type_string() }}) as leave_type,
        period_basis as basis
    from employed
    where valid_from > start_date and (leave_date is null or valid_from < leave_date)

),

-- A leaver counts where the day before the leave date was spent.
leaves as (

    select
        account,
        employee_key,
        leave_date as date,
        'leave' as movement,
        {% for column in dimensions -%}
        {{ column }} as from_{{ column }},
        cast(null as {{ dbt.type_string() }}) as to_{{ column }},
        {% endfor -%}
        cast(null as {{ dbt.type_string() }}) as changed,
        cast(null as {{ dbt.type_string() }}) as previous_employee_key,
        termination_reason as leave_reason,
        termination_type as leave_type,
        leave_date_basis as basis
    from employed
    where valid_from < leave_date and (valid_to is null or valid_to >= leave_date)

),

moves as (

    select * from hires
    union all
    select * from transfers
    union all
    select * from leaves

),

final as (

    select
        moves.account,
        {{ account_key(
            'moves.employee_key', 'cast(moves.date as ' ~ dbt.type_string() ~ ')', 'moves.movement'
        ) }} as movement_key,
        moves.employee_key,
        moves.date,
        moves.movement,
        {% for column in dimensions -%}
        moves.from_{{ column }},
        moves.to_{{ column }},
        {% endfor -%}
        moves.changed,
        moves.previous_employee_key,
        moves.leave_reason,
        moves.leave_type,
        moves.basis
    from moves
    inner join histories on moves.account = histories.account
    where moves.date >= histories.history_from and moves.date <= histories.today

)

select * from final

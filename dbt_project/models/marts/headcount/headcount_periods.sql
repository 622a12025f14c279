with versions as (

    select * from {{ ref('int_workable__employee_versions_dated') }}

),

compared as (

    select
        *,
        case
            when lag(employee_key) over by_date is null then 1
            {%- for column in headcount_dimensions() %}
            when {{ headcount_differs(column, 'lag(' ~ column ~ ') over by_date') }} then 1
            {%- endfor %}
            else 0
        end as begins
    from versions
    window by_date as (partition by employee_key order by valid_from)

),

numbered as (

    select
        *,
        sum(begins) over (
            partition by employee_key order by valid_from
            rows between unbounded preceding and current row
        ) as period_number
    from compared

),

starts as (

    select
        *,
        lead(valid_from) over (partition by employee_key order by valid_from) as next_from
    from numbered
    where begins = 1

),

final as (

    select
        account,
        employee_key || ':' || cast(valid_from as {{ dbt.type_string() }}) as period_key,
        employee_key,
        cast(period_number as integer) as period_number,
        valid_from,
        next_from as valid_to,
        department_key,
        manager_key,
        job_title,
        legal_entity_key,
        location_key,
        employment_type,
        basis
    from starts

)

select * from final

with applications as (

    select * from {{ ref('hiring_applications') }}

),

hires as (

    select
        account,
        {{ month_of('hired_date') }} as month,
        coalesce(department_key, account || ':none') as department_group,
        department_key,
        cast(count(*) as integer) as hires,
        cast(count(days_to_hire) as integer) as hires_with_days_to_hire,
        cast(count(days_to_fill) as integer) as hires_with_days_to_fill,
        {{ mean_of('days_to_hire') }} as mean_days_to_hire,
        {{ median_of('days_to_hire') }} as median_days_to_hire,
        {{ quantile('days_to_hire', 0.9) }} as p90_days_to_hire,
        {{ mean_of('days_created_to_hire') }} as mean_days_created_to_hire,
        {{ median_of('days_created_to_hire') }} as median_days_created_to_hire,
        {{ quantile('days_created_to_hire', 0.9) }} as p90_days_created_to_hire,
        {{ mean_of('days_to_fill') }} as mean_days_to_fill,
        {{ median_of('days_to_fill') }} as median_days_to_fill,
        {{ quantile('days_to_fill', 0.9) }} as p90_days_to_fill
    from applications
    where hired_date is not null
    group by account, {{ month_of('hired_date') }}, department_key

),

-- A hire that was undone stands in the month that it was counted in, and explains why that shrank.
undone as (

    select
        account,
        {{ month_of('undone_hired_date') }} as month,
        coalesce(department_key, account || ':none') as department_group,
        department_key,
        cast(count(*) as integer) as hire_undone
    from applications
    where undone_hired_date is not null
    group by account, {{ month_of('undone_hired_date') }}, department_key

),

final as (

    select
        coalesce(hires.account, undone.account) as account,
        coalesce(hires.department_group, undone.department_group)
        || ':' || cast(coalesce(hires.month, undone.month) as {{ dbt.type_string() }})
            as time_to_hire_key,
        coalesce(hires.month, undone.month) as month,
        coalesce(hires.department_key, undone.department_key) as department_key,
        coalesce(hires.hires, 0) as hires,
        coalesce(hires.hires_with_days_to_hire, 0) as hires_with_days_to_hire,
        coalesce(hires.hires_with_days_to_fill, 0) as hires_with_days_to_fill,
        coalesce(undone.hire_undone, 0) as hire_undone,
        hires.mean_days_to_hire,
        hires.median_days_to_hire,
        hires.p90_days_to_hire,
        hires.mean_days_created_to_hire,
        hires.median_days_created_to_hire,
        hires.p90_days_created_to_hire,
        hires.mean_days_to_fill,
        hires.median_days_to_fill,
        hires.p90_days_to_fill
    from hires
    full outer join undone
        on hires.department_group = undone.department_group and hires.month = undone.month

)

select * from final

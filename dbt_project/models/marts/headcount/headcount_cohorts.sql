{%- set anniversary = dbt.dateadd('year', 1, 'movements.date') -%}
with movements as (

    select * from {{ ref('headcount_movements') }}
    where movement in ('hire', 'rehire')

),

employments as (

    select * from {{ ref('int_workable__employments_dated') }}

),

links as (

    select * from {{ ref('int_workable__hires_remembered') }}

),

applications as (

    select * from {{ ref('ats_applications') }}

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

hires as (

    select
        movements.account,
        {{ month_of('movements.date') }} as month,
        applications.source_category,
        movements.to_department_key as department_key,
        movements.to_employment_type as employment_type,
        applications.application_key is not null as is_linked,
        {{ add_days('movements.date', 90) }} <= histories.today as is_matured_90_days,
        cast({{ anniversary }} as date) <= histories.today as is_matured_1_year,
        coalesce(employments.leave_date < {{ add_days('movements.date', 90) }}, false)
            as is_left_90_days,
        coalesce(employments.leave_date < cast({{ anniversary }} as date), false)
            as is_left_1_year
    from movements
    inner join employments on movements.employee_key = employments.employee_key
    inner join histories on movements.account = histories.account
    left join links on movements.employee_key = links.employee_key
    left join applications on links.application_key = applications.application_key

),

counted as (

    select
        account,
        month,
        source_category,
        department_key,
        employment_type,
        {% for name, condition in [
            ('linked', 'is_linked'),
            ('matured_90_days', 'is_matured_90_days'),
            ('left_90_days', 'is_matured_90_days and is_left_90_days'),
            ('matured_1_year', 'is_matured_1_year'),
            ('left_1_year', 'is_matured_1_year and is_left_1_year'),
        ] -%}
        cast(count(case when {{ condition }} then 1 end) as integer) as {{ name }},
        {% endfor -%}
        cast(count(*) as integer) as hired
    from hires
    group by account, month, source_category, department_key, employment_type

),

final as (

    select
        account,
        {{ account_key(
            'account', 'cast(month as ' ~ dbt.type_string() ~ ')', key_part('source_category'),
            key_part('department_key'), key_part('employment_type')
        ) }} as cohort_key,
        month,
        source_category,
        department_key,
        employment_type,
        hired,
        linked,
        matured_90_days,
        left_90_days,
        {{ headcount_ratio('left_90_days', 'matured_90_days') }} as left_90_days_rate,
        matured_1_year,
        left_1_year,
        {{ headcount_ratio('left_1_year', 'matured_1_year') }} as left_1_year_rate
    from counted

)

select * from final

with applications as (

    select
        *,
        {{ month_of('applied_date') }} as month
    from {{ ref('hiring_applications') }}

),

interviewed as (

    select distinct application_key
    from {{ ref('hiring_stage_intervals') }}
    where stage_kind = 'interview'

),

offered as (

    select application_key
    from {{ ref('int_workable__offers_judged') }}

),

stays as (

    select * from {{ ref('int_workable__hire_stays') }}

),

costs as (

    select
        account || ':' || cast(month as {{ dbt.type_string() }})
        || ':' || coalesce(source_category, 'none')
        || ':' || coalesce(source_name, 'none') as source_month_key,
        account,
        month,
        source_category,
        source_name,
        cost,
        currency
    from {{ ref('source_costs') }}

),

counted as (

    select
        applications.account || ':' || cast(applications.month as {{ dbt.type_string() }})
        || ':' || coalesce(applications.source_category, 'none')
        || ':' || coalesce(applications.source_name, 'none') as source_month_key,
        applications.account,
        applications.month,
        applications.source_category,
        applications.source_name,
        count(*) as candidates,
        count(distinct applications.person_key) as people,
        count(interviewed.application_key) as interviewed,
        count(offered.application_key) as offered,
        count(case when applications.status = 'hired' then 1 end) as hires,
        count(case when applications.status <> 'active' then 1 end) as decided,
        count(
            case when applications.status = 'active' and not applications.is_deleted then 1 end
        ) as pending,
        count(
            case when applications.status = 'active' and applications.is_deleted then 1 end
        ) as deleted,
        {{ median_of('applications.days_to_hire') }} as median_days_to_hire,
        count(case when stays.is_matured_90_days then 1 end) as matured_90_days,
        {{ count_if_all_known('stays.is_matured_90_days', 'stays.is_left_within_90_days') }}
            as left_within_90_days,
        count(case when stays.is_matured_1_year then 1 end) as matured_1_year,
        {{ count_if_all_known('stays.is_matured_1_year', 'stays.is_left_within_1_year') }}
            as left_within_1_year
    from applications
    left join interviewed on applications.application_key = interviewed.application_key
    left join offered on applications.application_key = offered.application_key
    left join stays on applications.application_key = stays.application_key
    group by
        applications.account,
        applications.month,
        applications.source_category,
        applications.source_name

),

-- A source that was paid for and brought nobody is a row all the same.
joined as (

    select
        coalesce(counted.source_month_key, costs.source_month_key) as source_month_key,
        coalesce(counted.account, costs.account) as account,
        coalesce(counted.month, costs.month) as month,
        coalesce(counted.source_category, costs.source_category) as source_category,
        coalesce(counted.source_name, costs.source_name) as source_name,
        coalesce(counted.candidates, 0) as candidates,
        coalesce(counted.people, 0) as people,
        coalesce(counted.interviewed, 0) as interviewed,
        coalesce(counted.offered, 0) as offered,
        coalesce(counted.hires, 0) as hires,
        coalesce(counted.decided, 0) as decided,
        coalesce(counted.pending, 0) as pending,
        coalesce(counted.deleted, 0) as deleted,
        counted.median_days_to_hire,
        coalesce(counted.matured_90_days, 0) as matured_90_days,
        case
            when counted.source_month_key is null then 0 else counted.left_within_90_days
        end as left_within_90_days,
        coalesce(counted.matured_1_year, 0) as matured_1_year,
        case
            when counted.source_month_key is null then 0 else counted.left_within_1_year
        end as left_within_1_year,
        costs.cost,
        costs.currency
    from counted
    full outer join costs on counted.source_month_key = costs.source_month_key

),

totalled as (

    select
        *,
        sum(hires) over (partition by account, month) as hires_of_month
    from joined

),

final as (

    select
        account,
        source_month_key,
        month,
        source_category,
        source_name,
        cast(candidates as integer) as candidates,
        cast(people as integer) as people,
        cast(interviewed as integer) as interviewed,
        cast(offered as integer) as offered,
        cast(hires as integer) as hires,
        cast(decided as integer) as decided,
        cast(pending as integer) as pending,
        cast(deleted as integer) as deleted,
        {{ ratio_of('hires', 'candidates') }} as hires_per_candidate,
        {{ ratio_of('hires', 'decided') }} as hires_per_decided,
        cast(hires_of_month as integer) as hires_of_month,
        {{ ratio_of('hires', 'hires_of_month') }} as share_of_hires,
        median_days_to_hire,
        cast(matured_90_days as integer) as matured_90_days,
        cast(left_within_90_days as integer) as left_within_90_days,
        {{ ratio_of('left_within_90_days', 'matured_90_days') }} as left_within_90_days_rate,
        cast(matured_1_year as integer) as matured_1_year,
        cast(left_within_1_year as integer) as left_within_1_year,
        {{ ratio_of('left_within_1_year', 'matured_1_year') }} as left_within_1_year_rate,
        cast(cost as decimal(18, 2)) as cost,
        currency,
        cast({{ ratio_of('cost', 'hires') }} as decimal(18, 2)) as cost_per_hire
    from totalled

)

select * from final

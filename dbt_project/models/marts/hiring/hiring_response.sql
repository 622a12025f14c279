{%- set limits = [2, 5, 10] -%}
with applicants as (

    select
        *,
        {{ month_of('applied_date') }} as month,
        {{ hours_between('created_at', as_of()) }} as hours_old
    from {{ ref('hiring_applications') }}
    where not is_sourced

),

final as (

    select
        account,
        job_key || ':' || cast(month as {{ dbt.type_string() }}) as response_key,
        month,
        job_key,
        department_key,
        cast(count(*) as integer) as applicants,
        {% for days in limits -%}
        {%- set is_old = 'hours_old >= ' ~ days * 24 -%}
        {%- set is_actioned = is_old ~ ' and hours_to_first_action <= ' ~ days * 24 -%}
        cast(count(case when {{ is_old }} then 1 end) as integer)
            as applicants_{{ days }}_days_old,
        cast(count(case when {{ is_actioned }} then 1 end) as integer)
            as actioned_within_{{ days }}_days,
        {{ ratio_of(
            'count(case when ' ~ is_actioned ~ ' then 1 end)',
            'count(case when ' ~ is_old ~ ' then 1 end)'
        ) }} as actioned_within_{{ days }}_days_rate,
        {% endfor -%}
        cast(count(case when is_unreviewed then 1 end) as integer) as unreviewed,
        cast(count(case when is_unreviewed and is_open then 1 end) as integer) as unreviewed_open,
        {{ median_of('hours_to_first_action') }} as median_hours_to_first_action
    from applicants
    group by account, month, job_key, department_key

)

select * from final

with applications as (

    select * from {{ ref('hiring_applications') }}
    where status in ('rejected', 'withdrawn')

),

reasons as (

    select
        application_key,
        disqualification_reason_key,
        disqualification_reason_raw,
        disqualification_type
    from {{ ref('ats_applications') }}

),

judged as (

    select
        applications.*,
        {{ month_of('applications.disqualified_date') }} as month,
        reasons.disqualification_reason_key,
        reasons.disqualification_reason_raw,
        reasons.disqualification_type,
        coalesce(
            reasons.disqualification_reason_key,
            lower(trim(reasons.disqualification_reason_raw)),
            'none'
        ) as reason_group
    from applications
    inner join reasons on applications.application_key = reasons.application_key

),

counted as (

    select
        account,
        job_key || ':' || coalesce(cast(month as {{ dbt.type_string() }}), 'undated')
        || ':' || coalesce(reporting_stage, 'none') || ':' || reason_group
        || ':' || disqualification_type as disqualification_group_key,
        month,
        job_key,
        department_key,
        reporting_stage,
        disqualification_reason_key,
        min(disqualification_reason_raw) as disqualification_reason,
        disqualification_type,
        count(*) as disqualified,
        {{ median_of('days_to_disqualify') }} as median_days_to_disqualify
    from judged
    group by
        account,
        month,
        job_key,
        department_key,
        reporting_stage,
        disqualification_reason_key,
        reason_group,
        disqualification_type

),

totalled as (

    select
        *,
        sum(disqualified) over (partition by account, month) as disqualified_in_month
    from counted

),

final as (

    select
        account,
        disqualification_group_key,
        month,
        job_key,
        department_key,
        reporting_stage,
        disqualification_reason_key,
        disqualification_reason,
        disqualification_type,
        cast(disqualified as integer) as disqualified,
        cast(disqualified_in_month as integer) as disqualified_in_month,
        {{ ratio_of('disqualified', 'disqualified_in_month') }} as share_of_month,
        median_days_to_disqualify
    from totalled

)

select * from final

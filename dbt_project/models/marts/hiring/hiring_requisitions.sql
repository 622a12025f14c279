with requisitions as (

    select * from {{ ref('ats_requisitions') }}
    where {{ sample_counts() }}

),

seen as (

    select * from {{ ref('int_workable__requisitions_seen') }}

),

hires as (

    select
        application_key,
        hired_date
    from {{ ref('hiring_applications') }}

),

judged as (

    select
        requisitions.*,
        hires.hired_date,
        {{ local_date('seen.first_seen_open_at') }} as first_seen_open_date,
        seen.days_seen_open,
        seen.days_seen_on_hold,
        coalesce(seen.is_opened_before_history, false) as opened_before_history,
        case
            when requisitions.state = 'filled'
                then coalesce(hires.hired_date, {{ local_date('seen.first_seen_filled_at') }})
        end as filled_date,
        case
            when requisitions.state in ('filled', 'cancelled', 'rejected') then requisitions.state
            when requisitions.is_deleted then 'deleted'
            else 'pending'
        end as outcome
    from requisitions
    left join seen on requisitions.requisition_key = seen.requisition_key
    left join hires on requisitions.application_key = hires.application_key

),

final as (

    select
        account,
        requisition_key,
        job_key,
        department_key,
        application_key,
        hiring_manager_user_key,
        owner_user_key,
        state,
        outcome,
        plan_date,
        start_date,
        first_seen_open_date,
        opened_before_history,
        days_seen_open,
        days_seen_on_hold,
        case
            when days_seen_open <= 30 then '0-30'
            when days_seen_open <= 60 then '31-60'
            when days_seen_open <= 90 then '61-90'
            when days_seen_open > 90 then '90+'
        end as age_bucket,
        hired_date,
        filled_date,
        case
            when outcome = 'filled' then {{ days_between('plan_date', 'filled_date') }}
            when outcome = 'pending' then {{ days_between('plan_date', today()) }}
        end as days_past_plan_date,
        is_deleted,
        deleted_at
    from judged

)

select * from final

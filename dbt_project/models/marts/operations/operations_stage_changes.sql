with numbers as (

    select * from {{ ref('snapshot_stage_changes') }}
    where dbt_valid_to is null

),

first_seen as (

    select
        activity_key,
        min(dbt_valid_from) as first_seen_at
    from {{ ref('snapshot_stage_changes') }}
    group by activity_key

),

activities as (

    select * from {{ ref('ats_activities') }}

),

transitions as (

    select * from {{ ref('ats_stage_transitions') }}

),

applications as (

    select * from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }}

),

final as (

    select
        numbers.account,
        numbers.change_position,
        numbers.activity_key,
        activities.application_key,
        applications.job_key,
        activities.user_key,
        coalesce(
            transitions.entry_type,
            case activities.activity_type
                when 'disqualification' then 'disqualified' when 'reversal' then 'reverted'
            end
        ) as change_type,
        transitions.from_stage_key,
        transitions.from_stage_name,
        transitions.to_stage_key,
        transitions.to_stage_name,
        transitions.to_stage_kind,
        transitions.reporting_stage,
        activities.occurred_at,
        first_seen.first_seen_at
    from numbers
    inner join activities on numbers.activity_key = activities.activity_key
    inner join applications on activities.application_key = applications.application_key
    left join transitions on numbers.activity_key = transitions.activity_key
    left join first_seen on numbers.activity_key = first_seen.activity_key

)

select * from final

with activities as (

    select * from {{ ref('int_workable__activities_classified') }}

),

visibility as (

    select * from {{ ref('int_workable__visibility_roles_exploded') }}

),

syncs as (

    select
        account,
        max(synced_at) as synced_at
    from {{ ref('int_workable__syncs_latest') }}
    where resource in ('candidate_activities', 'job_activities')
    group by account

),

final as (

    select
        activities.account,
        activities.activity_key,
        activities.activity_id,
        activities.candidate_key,
        activities.application_key,
        activities.job_key,
        activities.user_key,
        activities.activity_type,
        activities.action as action_raw,
        case when activities.is_move then activities.action_stage_name end as from_stage_name,
        case when activities.is_move then activities.target_stage_name end as to_stage_name,
        case when activities.is_move then activities.target_stage_slug end as to_stage_slug,
        case when not activities.is_move then activities.action_stage_name end as stage_name,
        activities.body,
        visibility.visibility,
        visibility.visibility_raw,
        activities.rating_scale,
        activities.rating_grade,
        cast(round(
            case
                when activities.rating_grade is not null
                    then case activities.rating_scale
                        when 'thumbs' then activities.rating_grade / 2.0
                        when 'stars' then activities.rating_grade / 4.0
                        when 'numbers' then activities.rating_grade / 9.0
                    end
                when activities.rating_score = 'negative' then 0.0
                when activities.rating_score = 'positive' then 0.5
                when activities.rating_score = 'definite' then 1.0
            end,
            4
        ) as numeric(5, 4)) as rating_score_0_to_1,
        activities.occurred_at,
        activities.is_sample,
        activities.is_anonymized,
        activities.occurred_at as created_at,
        activities.updated_at,
        syncs.synced_at,
        activities.is_deleted,
        activities.deleted_at
    from activities
    left join visibility on activities.activity_key = visibility.activity_key
    left join syncs on activities.account = syncs.account

)

select * from final

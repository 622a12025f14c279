with activities as (

    select *
    from {{ ref('int_workable__activities_classified') }}
    where entry_type is not null and application_key is not null

),

current_stages as (

    select * from {{ ref('int_workable__candidate_stages_matched') }}

),

-- A move from a stage into the same stage (seen after relocations) is no entry. What is no move
-- happened in the stage that it led to.
entries as (

    select
        *,
        coalesce(target_stage_id, case when not is_move then action_stage_id end) as to_id,
        coalesce(target_stage_slug, case when not is_move then action_stage_slug end) as to_slug,
        coalesce(target_stage_name, case when not is_move then action_stage_name end) as to_name,
        case when is_move then action_stage_id end as from_id,
        case when is_move then action_stage_name end as from_name
    from activities
    where
        not is_move
        or not coalesce(
            target_stage_id = action_stage_id,
            target_stage_name = action_stage_name,
            false
        )

),

judged as (

    select
        *,
        coalesce(to_id, to_slug, to_name) is not null as is_stage_sent,
        row_number() over (
            partition by application_key order by occurred_at desc, id_order desc
        ) = 1 as is_last
    from entries

),

-- A job's stream says of an application not where it began. It stands there still if nothing came
-- after; else Workable puts an applicant into the stage of kind applied, an upload into sourced.
final as (

    select
        judged.*,
        case
            when judged.is_stage_sent then judged.to_name
            when judged.is_last then current_stages.stage_name
        end as stage_name,
        case
            when judged.is_stage_sent or judged.is_last then null
            when judged.entry_type = 'applied' then 'applied'
            when judged.entry_type = 'uploaded' then 'sourced'
        end as default_kind,
        judged.is_move and coalesce(judged.from_id, judged.from_name) is null as is_source_unknown
    from judged
    left join current_stages on judged.application_key = current_stages.candidate_key

)

select * from final

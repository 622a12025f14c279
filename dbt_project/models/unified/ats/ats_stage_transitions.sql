with entries as (

    select * from {{ ref('int_workable__stage_entries_ordered') }}

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
        entries.account,
        entries.activity_key as stage_transition_key,
        entries.activity_key,
        entries.application_key,
        entries.candidate_key,
        entries.job_key,
        entries.user_key,
        entries.entry_type,
        entries.entry_number,
        entries.is_latest,
        entries.from_stage_key,
        entries.from_stage_name,
        entries.to_stage_key,
        entries.to_stage_name,
        entries.to_stage_slug,
        entries.to_stage_kind,
        entries.to_reporting_stage as reporting_stage,
        entries.to_stage_position,
        entries.stage_basis,
        entries.occurred_at,
        entries.is_sample,
        entries.is_anonymized,
        entries.occurred_at as created_at,
        entries.updated_at,
        syncs.synced_at,
        entries.is_deleted,
        entries.deleted_at
    from entries
    left join syncs on entries.account = syncs.account

)

select * from final

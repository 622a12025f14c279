with account_stages as (

    select
        account,
        stage_id,
        kind
    from {{ ref('stg_workable__stages') }}

),

job_stages as (

    select
        account,
        stage_id,
        kind
    from {{ ref('stg_workable__job_stages') }}

),

kinds as (

    select * from {{ ref('stage_kinds') }}

),

either as (

    select * from job_stages
    union
    select * from account_stages

),

-- Stages are shared by pipelines, so a stage of a job that a candidate has left is found by its id.
final as (

    select
        either.account,
        either.stage_id,
        max(coalesce(kinds.stage_kind, 'other')) as kind,
        max(coalesce(kinds.reporting_stage, 'other')) as reporting_stage
    from either
    left join kinds
        on {{ normalised_value('either.kind') }} = {{ normalised_value('kinds.stage_kind_raw') }}
    where either.kind is not null
    group by either.account, either.stage_id
    having count(distinct either.kind) = 1

)

select * from final

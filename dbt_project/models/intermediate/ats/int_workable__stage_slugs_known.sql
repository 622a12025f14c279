with account_stages as (

    select
        account,
        slug,
        kind
    from {{ ref('stg_workable__stages') }}

),

job_stages as (

    select
        account,
        slug,
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

-- Where each job has stages of its own, and in a job's stream, no id tells of a stage that is in no
-- pipeline of the candidate any more.
final as (

    select
        either.account,
        either.slug,
        max(coalesce(kinds.stage_kind, 'other')) as kind,
        max(coalesce(kinds.reporting_stage, 'other')) as reporting_stage
    from either
    left join kinds
        on {{ normalised_value('either.kind') }} = {{ normalised_value('kinds.stage_kind_raw') }}
    where either.kind is not null and either.slug is not null
    group by either.account, either.slug
    having count(distinct either.kind) = 1

)

select * from final

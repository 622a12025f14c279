with candidates as (

    select
        candidate_key,
        job_key,
        stage_name
    from {{ ref('int_workable__candidates_joined') }}
    where job_key is not null

),

stages as (

    select * from {{ ref('int_workable__stages_mapped') }}

),

-- A candidate carries its stage's name; the documentation says slug, so a text that is no name of
-- the pipeline may be one.
final as (

    select
        candidates.candidate_key,
        coalesce(by_name.stage_key, by_slug.stage_key) as stage_key,
        coalesce(by_name.name, by_slug.name, candidates.stage_name) as stage_name,
        coalesce(by_name.kind, by_slug.kind) as kind,
        coalesce(by_name.reporting_stage, by_slug.reporting_stage) as reporting_stage
    from candidates
    left join stages as by_name
        on
            candidates.job_key = by_name.job_key
            and candidates.stage_name = by_name.name
            and by_name.is_only_of_name
    left join stages as by_slug
        on
            candidates.job_key = by_slug.job_key
            and candidates.stage_name = by_slug.slug
            and by_slug.is_only_of_slug
            and by_name.stage_key is null

)

select * from final

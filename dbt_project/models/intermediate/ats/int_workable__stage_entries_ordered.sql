{{ config(materialized='table') }}

with entries as (

    select * from {{ ref('int_workable__stage_entries_listed') }}

),

stages as (

    select * from {{ ref('int_workable__stages_mapped') }}

),

known as (

    select * from {{ ref('int_workable__stages_known') }}

),

slugs as (

    select * from {{ ref('int_workable__stage_slugs_known') }}

),

defaults as (

    select
        job_key,
        kind,
        stage_key,
        row_number() over (partition by job_key, kind order by position, stage_key) as choice
    from stages
    where kind in ('applied', 'sourced')

),

-- By id, else by slug, else by a name that only one stage of the pipeline has.
matched as (

    select
        entries.*,
        coalesce(
            by_id.stage_key, by_slug.stage_key, by_name.stage_key, defaults.stage_key
        ) as to_stage_key,
        coalesce(from_by_id.stage_key, from_by_name.stage_key) as from_stage_key
    from entries
    left join stages as by_id
        on entries.job_key = by_id.job_key and entries.to_id = by_id.stage_id
    left join stages as by_slug
        on
            entries.job_key = by_slug.job_key
            and entries.to_slug = by_slug.slug
            and by_slug.is_only_of_slug
    left join stages as by_name
        on
            entries.job_key = by_name.job_key
            and entries.stage_name = by_name.name
            and by_name.is_only_of_name
    left join defaults
        on
            entries.job_key = defaults.job_key
            and entries.default_kind = defaults.kind
            and defaults.choice = 1
    left join stages as from_by_id
        on entries.job_key = from_by_id.job_key and entries.from_id = from_by_id.stage_id
    left join stages as from_by_name
        on
            entries.job_key = from_by_name.job_key
            and entries.from_name = from_by_name.name
            and from_by_name.is_only_of_name

),

-- The stages of a job that a candidate has left are not in its present pipeline.
described as (

    select
        matched.*,
        target.position as to_stage_position,
        coalesce(matched.stage_name, target.name) as to_stage_name,
        coalesce(matched.to_slug, target.slug) as to_stage_slug,
        coalesce(target.kind, known.kind, slugs.kind) as to_stage_kind,
        coalesce(
            target.reporting_stage, known.reporting_stage, slugs.reporting_stage
        ) as to_reporting_stage,
        case
            when matched.is_stage_sent then 'source'
            when coalesce(matched.stage_name, target.name) is not null then 'inferred'
        end as stage_basis,
        coalesce(matched.to_stage_key, matched.stage_name) as compared_stage
    from matched
    left join stages as target on matched.to_stage_key = target.stage_key
    left join known on matched.account = known.account and matched.to_id = known.stage_id
    left join slugs on matched.account = slugs.account and matched.to_slug = slugs.slug

),

compared as (

    select
        *,
        lag(compared_stage) over (
            partition by application_key order by occurred_at, id_order
        ) as previous_stage
    from described

),

-- A job's stream leaves out where a move came from; then the entry before it tells.
final as (

    select
        account,
        activity_key,
        application_key,
        candidate_key,
        job_key,
        user_key,
        entry_type,
        from_stage_key,
        from_name as from_stage_name,
        to_stage_key,
        to_stage_name,
        to_stage_slug,
        to_stage_kind,
        to_reporting_stage,
        to_stage_position,
        stage_basis,
        occurred_at,
        updated_at,
        is_sample,
        is_anonymized,
        is_deleted,
        deleted_at,
        cast(row_number() over (
            partition by application_key order by occurred_at, id_order
        ) as integer) as entry_number,
        row_number() over (
            partition by application_key order by occurred_at desc, id_order desc
        ) = 1 as is_latest
    from compared
    where not is_source_unknown or previous_stage is null or previous_stage <> compared_stage

)

select * from final

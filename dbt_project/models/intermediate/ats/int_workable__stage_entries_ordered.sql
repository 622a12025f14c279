with activities as (

    select *
    from {{ ref('int_workable__activities_classified') }}
    where entry_type is not null and application_key is not null

),

candidates as (

    select * from {{ ref('int_workable__candidate_stages_matched') }}

),

stages as (

    select * from {{ ref('int_workable__stages_mapped') }}

),

known as (

    select * from {{ ref('int_workable__stages_known') }}

),

-- A move from a stage into the same stage (seen after relocations) is no entry.
entries as (

    select
        *,
        case when is_move then target_stage_id else coalesce(target_stage_id, action_stage_id) end as to_id,
        case
            when is_move then target_stage_slug else coalesce(target_stage_slug, action_stage_slug)
        end as to_slug,
        case
            when is_move then target_stage_name else coalesce(target_stage_name, action_stage_name)
        end as to_name,
        case when is_move then action_stage_id end as from_id,
        case when is_move then action_stage_slug end as from_slug,
        case when is_move then action_stage_name end as from_name
    from activities
    where
        not is_move
        or not coalesce(
            target_stage_id = action_stage_id,
            target_stage_slug = action_stage_slug,
            target_stage_name = action_stage_name,
            false
        )

),

sequenced as (

    select
        entries.*,
        row_number() over (
            partition by entries.application_key order by entries.occurred_at desc, entries.id_order desc
        ) as from_the_end
    from entries

),

-- A job's stream says of an application not where it began. It stands there still if nothing came
-- after; else Workable puts an applicant into the stage of kind applied, an upload into sourced.
located as (

    select
        sequenced.*,
        coalesce(
            sequenced.to_name,
            case
                when sequenced.to_slug is null and sequenced.from_the_end = 1 then candidates.stage_name
            end
        ) as stage_name,
        case
            when sequenced.to_id is null and sequenced.to_slug is null and sequenced.to_name is null
                then case
                    when sequenced.from_the_end = 1 then null
                    when sequenced.entry_type = 'applied' then 'applied'
                    when sequenced.entry_type = 'uploaded' then 'sourced'
                end
        end as default_kind,
        case
            when sequenced.to_id is not null or sequenced.to_slug is not null or sequenced.to_name is not null
                then 'source'
            when sequenced.from_the_end = 1 or sequenced.entry_type in ('applied', 'uploaded')
                then 'inferred'
        end as stage_basis
    from sequenced
    left join candidates on sequenced.application_key = candidates.candidate_key

),

defaults as (

    select
        job_key,
        kind,
        min(position) as position
    from stages
    where kind in ('applied', 'sourced')
    group by job_key, kind

),

-- By id, else by slug, else by a name that only one stage of the pipeline has.
matched as (

    select
        located.*,
        coalesce(by_id.stage_key, by_slug.stage_key, by_name.stage_key, by_kind.stage_key) as to_stage_key,
        coalesce(from_by_id.stage_key, from_by_slug.stage_key, from_by_name.stage_key) as from_stage_key
    from located
    left join stages as by_id
        on located.job_key = by_id.job_key and located.to_id = by_id.stage_id
    left join stages as by_slug
        on located.job_key = by_slug.job_key and located.to_slug = by_slug.slug and by_slug.is_only_of_slug
    left join stages as by_name
        on located.job_key = by_name.job_key and located.stage_name = by_name.name and by_name.is_only_of_name
    left join defaults on located.job_key = defaults.job_key and located.default_kind = defaults.kind
    left join stages as by_kind
        on
            defaults.job_key = by_kind.job_key
            and defaults.kind = by_kind.kind
            and defaults.position = by_kind.position
    left join stages as from_by_id
        on located.job_key = from_by_id.job_key and located.from_id = from_by_id.stage_id
    left join stages as from_by_slug
        on
            located.job_key = from_by_slug.job_key
            and located.from_slug = from_by_slug.slug
            and from_by_slug.is_only_of_slug
    left join stages as from_by_name
        on
            located.job_key = from_by_name.job_key
            and located.from_name = from_by_name.name
            and from_by_name.is_only_of_name

),

described as (

    select
        matched.account,
        matched.activity_key,
        matched.activity_id,
        matched.candidate_key,
        matched.application_key,
        matched.job_key,
        matched.user_key,
        matched.entry_type,
        matched.from_stage_key,
        matched.from_name as from_stage_name,
        matched.to_stage_key,
        matched.occurred_at,
        matched.id_order,
        matched.is_sample,
        matched.is_deleted,
        matched.deleted_at,
        matched.updated_at,
        matched.from_id is null and matched.from_name is null and matched.is_move as is_source_unknown,
        coalesce(matched.stage_name, target.name) as to_stage_name,
        coalesce(matched.to_slug, target.slug) as to_stage_slug,
        coalesce(target.kind, known.kind) as to_stage_kind,
        coalesce(target.reporting_stage, known.reporting_stage) as to_reporting_stage,
        target.position as to_stage_position,
        case
            when matched.stage_basis = 'source' or target.stage_key is not null or matched.stage_name is not null
                then matched.stage_basis
        end as stage_basis
    from matched
    left join stages as target on matched.to_stage_key = target.stage_key
    left join known on matched.account = known.account and matched.to_id = known.stage_id

),

compared as (

    select
        *,
        lag(coalesce(to_stage_key, to_stage_name)) over (
            partition by application_key order by occurred_at, id_order
        ) as previous_stage
    from described

),

-- A job's stream leaves out where a move came from; then the entry before it tells.
final as (

    select
        *,
        cast(row_number() over (
            partition by application_key order by occurred_at, id_order
        ) as integer) as entry_number,
        row_number() over (
            partition by application_key order by occurred_at desc, id_order desc
        ) = 1 as is_latest
    from compared
    where
        not is_source_unknown
        or previous_stage is null
        or previous_stage <> coalesce(to_stage_key, to_stage_name)

)

select * from final

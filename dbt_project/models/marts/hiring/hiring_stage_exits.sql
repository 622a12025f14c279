with applications as (

    select
        application_key,
        source_category
    from {{ ref('hiring_applications') }}

),

intervals as (

    select
        *,
        lead(reporting_stage) over (
            partition by application_key order by interval_number
        ) as next_reporting_stage
    from {{ ref('hiring_stage_intervals') }}

),

-- A move between two rounds of one reporting stage leaves it not, and a standing hire is no exit. A
-- disqualification that was reversed later stays an exit of its month.
exits as (

    select
        intervals.account,
        intervals.job_key,
        intervals.reporting_stage,
        intervals.reporting_stage_position,
        intervals.exit,
        applications.source_category,
        {{ month_of(local_date('intervals.exited_at')) }} as month
    from intervals
    inner join applications on intervals.application_key = applications.application_key
    where
        intervals.exited_at is not null
        and coalesce(intervals.exit, '') <> 'hired'
        and not (
            coalesce(intervals.exit, 'advanced') in ('advanced', 'moved_back')
            and coalesce(intervals.reporting_stage = intervals.next_reporting_stage, false)
        )

),

counted as (

    select
        account,
        month,
        job_key,
        reporting_stage,
        reporting_stage_position,
        source_category,
        cast(count(*) as integer) as exits,
        cast(count(case when exit = 'advanced' then 1 end) as integer) as advanced,
        cast(count(case when exit = 'disqualified' then 1 end) as integer) as rejected,
        cast(count(case when exit = 'withdrew' then 1 end) as integer) as withdrew,
        cast(count(case when exit = 'moved_back' then 1 end) as integer) as moved_back,
        cast(count(case when exit = 'deleted' then 1 end) as integer) as deleted,
        cast(count(case when exit = 'job_archived' then 1 end) as integer) as job_archived,
        cast(count(case when exit is null then 1 end) as integer) as moved_to_unknown_place
    from exits
    group by account, month, job_key, reporting_stage, reporting_stage_position, source_category

),

final as (

    select
        account,
        job_key || ':' || cast(month as {{ dbt.type_string() }})
        || ':' || coalesce(source_category, 'none') || ':' || coalesce(reporting_stage, 'none')
            as stage_exits_key,
        month,
        job_key,
        reporting_stage,
        reporting_stage_position,
        source_category,
        exits,
        advanced,
        rejected,
        withdrew,
        moved_back,
        deleted,
        job_archived,
        moved_to_unknown_place,
        {{ ratio_of('advanced', 'advanced + rejected + withdrew') }} as pass_rate
    from counted

)

select * from final

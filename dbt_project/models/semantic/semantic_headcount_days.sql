with segments as (

    select * from {{ ref('int_workable__headcount_segments') }}

),

histories as (

    select * from {{ ref('int_workable__headcount_histories') }}

),

leaves as (

    select * from {{ ref('headcount_movements') }}
    where movement = 'leave'

),

types as (

    select * from {{ ref('headcount_employment_types') }}

),

cells as (

    select distinct
        segments.account,
        segments.department_key,
        {{ account_key('segments.account', key_part('segments.department_key')) }} as cell_key,
        min(segments.segment_from) over (partition by segments.account) as first_date
    from segments

),

-- A day on which nobody was in a department counts in its average, so every day is there, of the
-- account's first month too.
spine as (

    select
        cells.account,
        cells.department_key,
        cells.cell_key,
        histories.today,
        histories.history_from,
        {{ each_day(
            month_of('coalesce(histories.built_from, cells.first_date)'), 'histories.today'
        ) }} as date
    from cells
    inner join histories on cells.account = histories.account

),

exploded as (

    select
        {{ account_key('account', key_part('department_key')) }} as cell_key,
        counts_in_turnover,
        {{ each_day('segment_from', add_days('segment_to', -1)) }} as date
    from segments

),

heads as (

    select
        cell_key,
        date,
        count(*) as heads,
        count(case when counts_in_turnover then 1 end) as turnover_heads
    from exploded
    group by cell_key, date

),

left_on as (

    select
        {{ account_key('leaves.account', key_part('leaves.from_department_key')) }} as cell_key,
        leaves.date,
        count(*) as turnover_leavers
    from leaves
    left join types on leaves.from_employment_type = types.employment_type
    where coalesce(types.counts_in_turnover, true)
    group by
        {{ account_key('leaves.account', key_part('leaves.from_department_key')) }}, leaves.date

),

joined as (

    select
        spine.*,
        coalesce(heads.heads, 0) as heads,
        coalesce(heads.turnover_heads, 0) as turnover_heads,
        coalesce(left_on.turnover_leavers, 0) as turnover_leavers,
        spine.date >= spine.history_from
        and spine.date < {{ month_of('spine.today') }} as has_turnover
    from spine
    left join heads on spine.cell_key = heads.cell_key and spine.date = heads.date
    left join left_on on spine.cell_key = left_on.cell_key and spine.date = left_on.date

),

final as (

    select
        account,
        cell_key || ':' || cast(date as {{ dbt.type_string() }}) as headcount_day_key,
        date,
        department_key,
        cast(heads as integer) as heads,
        case when has_turnover then date end as turnover_date,
        cast(case when has_turnover then turnover_heads end as integer) as turnover_heads,
        cast(case when has_turnover then turnover_leavers end as integer) as turnover_leavers
    from joined

)

select * from final

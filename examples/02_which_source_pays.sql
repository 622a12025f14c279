-- Which source pays?
--
-- How to read it: `hires_per_100_decided` is the yield: of a hundred candidates of whom we know
-- the end, how many were hired. A source with many candidates and a low yield costs recruiters'
-- time; one with few and a high yield deserves more attention. `cost_per_hire` is there once you
-- have entered what a source costs.
-- What it leaves out: Workable knows no costs. They come from the seed `source_costs`, which is
-- empty until somebody fills it, as in the demo. The cost per hire is over the months that have a
-- cost, and counts the hires among those who came in these months. How good the hires were is not
-- in it.
with outcomes as (

    select
        source_category,
        sum(candidates) as candidates,
        sum(interviewed) as interviewed,
        sum(decided) as decided,
        sum(hires) as hires
    from workable_marts.hiring_sources
    group by source_category

),

months as (

    select
        account,
        month,
        source_category,
        sum(hires) as hires
    from workable_marts.hiring_sources
    group by account, month, source_category

),

spent as (

    select
        account,
        month,
        source_category,
        currency,
        sum(cost) as cost
    from workable_marts.hiring_sources
    where cost is not null
    group by account, month, source_category, currency

),

costs as (

    select
        spent.source_category,
        spent.currency,
        sum(spent.cost) as cost,
        sum(months.hires) as hires
    from spent
    inner join months
        on
            spent.account = months.account
            and spent.month = months.month
            and spent.source_category = months.source_category
    group by spent.source_category, spent.currency

)

select
    outcomes.source_category,
    outcomes.candidates,
    outcomes.interviewed,
    outcomes.decided,
    outcomes.hires,
    cast(100.0 * outcomes.hires / nullif(outcomes.decided, 0) as decimal(18, 1))
        as hires_per_100_decided,
    costs.cost,
    cast(costs.cost / nullif(costs.hires, 0) as decimal(18, 2)) as cost_per_hire,
    costs.currency
from outcomes
left join costs on outcomes.source_category = costs.source_category
order by hires_per_100_decided desc nulls last, outcomes.source_category asc, costs.currency asc

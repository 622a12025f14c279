-- A cost stands in the first day of its month, and once for a month and source: sums in two
-- currencies cannot be one figure.
with costs as (

    select * from {{ ref('source_costs') }}

),

final as (

    select
        account,
        month,
        source_category,
        source_name,
        count(*) as copies
    from costs
    group by account, month, source_category, source_name
    having count(*) > 1 or month <> {{ month_of('month') }}

)

select * from final

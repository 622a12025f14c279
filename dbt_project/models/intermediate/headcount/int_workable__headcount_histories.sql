with snapshots as (

    select * from {{ ref('snapshot_employees') }}

),

leaves_told as (

    select distinct account
    from {{ ref('int_workable__employee_terminations') }}
    where termination_date_basis = 'source'

),

seen as (

    select
        account,
        {{ local_date('min(dbt_valid_from)') }} as first_seen_date
    from snapshots
    group by account

),

dated as (

    select
        account,
        first_seen_date,
        {{ add_months(month_of('first_seen_date'), 1) }} as next_month,
        {{ headcount_history_from() }} as wanted_from
    from seen

),

-- Who left before staff was first read is in no list where no leave date is recorded: the account
-- lacks the field, or does not fill it, or Workable does not send it.
final as (

    select
        dated.account,
        dated.first_seen_date,
        case
            when leaves_told.account is not null then coalesce(dated.wanted_from, dated.next_month)
            else greatest(dated.wanted_from, dated.next_month)
        end as history_from,
        {{ "cast('" ~ var('headcount_built_from') ~ "' as date)"
            if var('headcount_built_from', none) else 'cast(null as date)' }} as built_from,
        {{ today() }} as today
    from dated
    left join leaves_told on dated.account = leaves_told.account

)

select * from final

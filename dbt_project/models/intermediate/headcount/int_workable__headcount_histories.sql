with snapshots as (

    select * from {{ ref('snapshot_employees') }}

),

fields as (

    select
        account,
        field_id,
        label as field_label
    from {{ ref('int_workable__employee_fields_flattened') }}
    where field_type = 'date'

),

seen as (

    select
        account,
        {{ local_date('min(dbt_valid_from)') }} as first_seen_date
    from snapshots
    group by account

),

-- A field that an account does not have tells of nobody there who left before the first sync.
leaves_told as (

    select distinct account
    from fields
    where {{ hris_field_is(var('termination_date_field', none)) }}

),

final as (

    select
        seen.account,
        seen.first_seen_date,
        coalesce(
            case when leaves_told.account is not null then {{ headcount_history_from() }} end,
            {{ add_months(month_of('seen.first_seen_date'), 1) }}
        ) as history_from,
        {{ "cast('" ~ var('headcount_built_from') ~ "' as date)"
            if var('headcount_built_from', none) else 'cast(null as date)' }} as built_from,
        {{ today() }} as today
    from seen
    left join leaves_told on seen.account = leaves_told.account

)

select * from final

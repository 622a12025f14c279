with hires as (

    select
        application_key,
        {{ local_date('hired_at') }} as hired_date
    from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }} and hired_at is not null

),

openings as (

    select * from {{ ref('int_workable__application_openings_found') }}

),

ties as (

    select * from {{ ref('int_workable__hire_requisitions_tied') }}

),

seen as (

    select
        requisition_key,
        {{ local_date('first_seen_open_at') }} as opened_date
    from {{ ref('int_workable__requisitions_seen') }}
    where first_seen_open_at is not null and not is_opened_before_history

),

holds as (

    select * from {{ ref('int_workable__requisition_versions_dated') }}
    where is_on_hold

),

-- A requisition that a build saw open after the hire alone says nothing of how long it took.
vacancies as (

    select
        hires.application_key,
        hires.hired_date,
        ties.requisition_key,
        seen.opened_date
    from hires
    inner join ties on hires.application_key = ties.application_key
    inner join seen
        on
            ties.requisition_key = seen.requisition_key
            and hires.hired_date >= seen.opened_date

),

pauses as (

    select
        vacancies.application_key,
        sum({{ days_between(
            'greatest(holds.seen_from_date, vacancies.opened_date)',
            'least(holds.seen_until_date, vacancies.hired_date)'
        ) }}) as days_on_hold
    from vacancies
    inner join holds
        on
            vacancies.requisition_key = holds.requisition_key
            and vacancies.opened_date < holds.seen_until_date
            and vacancies.hired_date > holds.seen_from_date
    group by vacancies.application_key

),

final as (

    select
        hires.application_key,
        case
            when vacancies.application_key is not null
                then cast(
                    {{ days_between('vacancies.opened_date', 'hires.hired_date') }}
                    - coalesce(pauses.days_on_hold, 0) as integer
                )
            else {{ days_between(local_date('openings.opened_at'), 'hires.hired_date') }}
        end as days_to_fill,
        case
            when vacancies.application_key is not null then 'requisition_seen_open'
            else openings.basis
        end as days_to_fill_basis
    from hires
    left join openings on hires.application_key = openings.application_key
    left join vacancies on hires.application_key = vacancies.application_key
    left join pauses on hires.application_key = pauses.application_key
    where vacancies.application_key is not null or openings.application_key is not null

)

select * from final

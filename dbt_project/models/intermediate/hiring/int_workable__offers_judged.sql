with applications as (

    select * from {{ ref('hiring_applications') }}

),

unified as (

    select
        application_key,
        moved_to_offer_at
    from {{ ref('ats_applications') }}

),

offers as (

    select * from {{ ref('ats_offers') }}
    where application_key is not null

),

-- Moved back from Hired to before the offer is moved back from the offer, too.
visits as (

    select
        application_key,
        exit,
        row_number() over (
            partition by application_key order by interval_number desc
        ) as recency
    from {{ ref('hiring_stage_intervals') }}
    where stage_kind in ('offer', 'hired')

),

-- Without an offer object, which many companies do not use, an entry into Offer stands for it.
dated as (

    select
        applications.*,
        coalesce(offers.offered_at, unified.moved_to_offer_at) as offered_at,
        case when offers.offer_key is not null then 'offer' else 'stage_entry' end as offer_basis,
        coalesce(visits.exit = 'moved_back', false) as is_moved_back
    from applications
    inner join unified on applications.application_key = unified.application_key
    left join offers on applications.application_key = offers.application_key
    left join visits
        on applications.application_key = visits.application_key and visits.recency = 1
    where offers.offer_key is not null or unified.moved_to_offer_at is not null

),

final as (

    select
        account,
        application_key,
        job_key,
        department_key,
        offered_at,
        {{ local_date('offered_at') }} as offered_date,
        offer_basis,
        case
            when status = 'hired' and coalesce(hired_at >= offered_at, true) then 'accepted'
            when status = 'withdrawn' and coalesce(disqualified_at >= offered_at, true)
                then 'declined'
            when status = 'rejected' and coalesce(disqualified_at >= offered_at, true)
                then 'rescinded'
            when status <> 'active' then 'after_decision'
            when is_deleted or is_moved_back then 'lost'
            else 'pending'
        end as outcome,
        case
            when status = 'hired' and hired_at >= offered_at
                then {{ days_between(local_date('offered_at'), 'hired_date') }}
        end as days_to_accept
    from dated

)

select * from final

with offers as (

    select
        *,
        {{ month_of('offered_date') }} as month
    from {{ ref('int_workable__offers_judged') }}

),

applications as (

    select * from {{ ref('hiring_applications') }}

),

judged as (

    select
        account,
        coalesce(department_key, account || ':none')
        || ':' || coalesce(cast(month as {{ dbt.type_string() }}), 'undated') as offer_month_key,
        month,
        department_key,
        count(case when outcome <> 'after_decision' then 1 end) as extended,
        count(
            case when outcome <> 'after_decision' and offer_basis = 'offer' then 1 end
        ) as extended_with_offer_object,
        count(case when outcome = 'accepted' then 1 end) as accepted,
        count(case when outcome = 'declined' then 1 end) as declined,
        count(case when outcome = 'rescinded' then 1 end) as rescinded,
        count(case when outcome = 'lost' then 1 end) as lost,
        count(case when outcome = 'pending' then 1 end) as pending,
        count(case when outcome = 'after_decision' then 1 end) as after_decision,
        {{ median_of('days_to_accept') }} as median_days_to_accept
    from offers
    group by account, month, department_key

),

-- Counted in the month of the hire: there is no other.
without_offer as (

    select
        applications.account,
        coalesce(applications.department_key, applications.account || ':none')
        || ':' || cast({{ month_of('applications.hired_date') }} as {{ dbt.type_string() }})
            as offer_month_key,
        {{ month_of('applications.hired_date') }} as month,
        applications.department_key,
        count(*) as hires_without_offer
    from applications
    left join offers
        on
            applications.application_key = offers.application_key
            and offers.outcome = 'accepted'
    where applications.hired_date is not null and offers.application_key is null
    group by
        applications.account,
        {{ month_of('applications.hired_date') }},
        applications.department_key

),

joined as (

    select
        coalesce(judged.account, without_offer.account) as account,
        coalesce(judged.offer_month_key, without_offer.offer_month_key) as offer_month_key,
        coalesce(judged.month, without_offer.month) as month,
        coalesce(judged.department_key, without_offer.department_key) as department_key,
        coalesce(judged.extended, 0) as extended,
        coalesce(judged.extended_with_offer_object, 0) as extended_with_offer_object,
        coalesce(judged.accepted, 0) as accepted,
        coalesce(judged.declined, 0) as declined,
        coalesce(judged.rescinded, 0) as rescinded,
        coalesce(judged.lost, 0) as lost,
        coalesce(judged.pending, 0) as pending,
        coalesce(judged.after_decision, 0) as after_decision,
        coalesce(without_offer.hires_without_offer, 0) as hires_without_offer,
        judged.median_days_to_accept
    from judged
    full outer join without_offer on judged.offer_month_key = without_offer.offer_month_key

),

final as (

    select
        account,
        offer_month_key,
        month,
        department_key,
        cast(extended as integer) as extended,
        cast(extended_with_offer_object as integer) as extended_with_offer_object,
        cast(accepted as integer) as accepted,
        cast(declined as integer) as declined,
        cast(rescinded as integer) as rescinded,
        cast(lost as integer) as lost,
        cast(pending as integer) as pending,
        cast(accepted + declined as integer) as resolved,
        {{ ratio_of('accepted', 'extended') }} as acceptance_of_extended,
        {{ ratio_of('accepted', 'accepted + declined') }} as acceptance_of_resolved,
        median_days_to_accept,
        cast(after_decision as integer) as after_decision,
        cast(hires_without_offer as integer) as hires_without_offer
    from joined

)

select * from final

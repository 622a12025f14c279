with candidates as (

    select
        account,
        candidate_key,
        candidate_id,
        {{ hex_order('candidate_id') }} as id_order,
        {{ normalised_email('email') }} as email,
        {{ normalised_phone('phone') }} as phone,
        {{ normalised_name('full_name') }} as name
    from {{ ref('int_workable__candidates_joined') }}

),

phones as (

    select
        account,
        phone,
        name,
        count(distinct email) as emails,
        max(email) as email
    from candidates
    where phone is not null and name is not null
    group by account, phone, name

),

-- A record without an e-mail follows its phone and name; those that fit two e-mails are no
-- evidence, so the record stands alone.
matched as (

    select
        candidates.*,
        case
            when candidates.email is not null then 'email'
            when phones.emails <= 1 then 'phone_and_name'
            when phones.emails > 1 then 'ambiguous'
            else 'none'
        end as match_basis,
        coalesce(
            candidates.email, case when phones.emails = 1 then phones.email end
        ) as person_email,
        case
            when candidates.email is null and phones.emails = 0 then phones.phone
        end as person_phone,
        case
            when candidates.email is null and phones.emails = 0 then phones.name
        end as person_name,
        case
            when candidates.email is null and (phones.emails is null or phones.emails > 1)
                then candidates.candidate_id
        end as lone_candidate_id
    from candidates
    left join phones
        on
            candidates.account = phones.account
            and candidates.phone = phones.phone
            and candidates.name = phones.name

),

final as (

    select
        account,
        candidate_key,
        id_order,
        match_basis,
        {{ account_key(
            'account',
            'first_value(candidate_id) over (partition by account, person_email, person_phone, '
            ~ 'person_name, lone_candidate_id order by id_order)'
        ) }} as person_key
    from matched

)

select * from final

with people as (

    select * from {{ ref('int_workable__people_remembered') }}

),

candidates as (

    select * from {{ ref('ats_candidates') }}

),

ranked as (

    select
        candidates.*,
        people.match_basis,
        row_number() over (
            partition by candidates.person_key
            order by candidates.created_at desc, {{ hex_order('candidates.candidate_id') }} desc
        ) as recency
    from candidates
    inner join people on candidates.candidate_key = people.candidate_key

),

-- The newest record that says something is believed; the person's e-mail is the same in all.
final as (

    select
        account,
        person_key,
        max(case when recency = 1 then candidate_key end) as latest_candidate_key,
        max(case when recency = 1 then full_name end) as full_name,
        max(case when recency = 1 then first_name end) as first_name,
        max(case when recency = 1 then last_name end) as last_name,
        max({{ normalised_email('email') }}) as email,
        max(case when recency = 1 then phone end) as phone,
        min(
            case when match_basis in ('email', 'phone_and_name') then match_basis end
        ) as match_basis,
        cast(count(*) as integer) as candidate_count,
        cast(count(job_key) as integer) as application_count,
        min(created_at) as created_at,
        max(updated_at) as updated_at,
        max(synced_at) as synced_at,
        bool_and(is_sample) as is_sample,
        bool_and(is_deleted) as is_deleted,
        case when bool_and(is_deleted) then max(deleted_at) end as deleted_at
    from ranked
    group by account, person_key

)

select * from final

with candidates as (

    select * from {{ ref('int_workable__candidates_joined') }}

),

people as (

    select * from {{ ref('int_workable__people_remembered') }}

),

flags as (

    select * from {{ ref('int_workable__candidates_flagged') }}

),

experience as (

    select * from {{ ref('int_workable__experience_current') }}

),

categories as (

    select * from {{ ref('source_categories') }}

),

activities as (

    select
        candidate_key,
        min(occurred_at) as first_activity_at,
        max(occurred_at) as last_activity_at
    from {{ ref('ats_activities') }}
    group by candidate_key

),

final as (

    select
        candidates.account,
        candidates.candidate_key,
        candidates.candidate_id,
        people.person_key,
        candidates.job_key,
        candidates.first_name,
        candidates.last_name,
        candidates.full_name,
        candidates.headline,
        candidates.email,
        candidates.phone,
        candidates.address,
        candidates.city,
        candidates.region,
        candidates.country_code,
        candidates.summary,
        candidates.cover_letter,
        experience.current_title,
        experience.current_company,
        candidates.is_talent_pool,
        candidates.is_sourced,
        candidates.is_anonymized,
        candidates.source_name,
        case
            when candidates.source_category_raw is not null
                then coalesce(categories.source_category, 'other')
        end as source_category,
        candidates.source_category_raw,
        candidates.source_domain,
        candidates.source_outlet,
        {{ account_key('candidates.account', "'member'", 'candidates.uploader_id') }}
            as uploaded_by_user_key,
        candidates.resume_file_name,
        candidates.has_resume,
        candidates.profile_url,
        activities.first_activity_at,
        activities.last_activity_at,
        candidates.is_sample,
        candidates.created_at,
        candidates.updated_at,
        candidates.synced_at,
        candidates.is_deleted,
        candidates.deleted_at
    from candidates
    left join people on candidates.candidate_key = people.candidate_key
    left join experience on candidates.candidate_key = experience.candidate_key
    left join categories
        on
            {{ normalised_value('candidates.source_category_raw') }}
            = {{ normalised_value('categories.source_category_raw') }}
    left join activities on candidates.candidate_key = activities.candidate_key
    inner join flags on candidates.candidate_key = flags.candidate_key
    where
        {{ 'true' if var('include_deleted', false) else 'false' }}
        or not (flags.is_deleted or flags.is_anonymized)

)

select * from final

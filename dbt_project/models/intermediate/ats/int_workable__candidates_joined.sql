{{ config(materialized='table') }}

with candidates as (

    select * from {{ ref('stg_workable__candidates') }}

),

details as (

    select * from {{ ref('stg_workable__candidate_details') }}

),

jobs as (

    select
        job_key,
        is_sample
    from {{ ref('int_workable__jobs_joined') }}

),

kinds as (

    select * from {{ ref('stage_kinds') }}

),

tombstones as (

    select * from {{ ref('int_workable__tombstones_current') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

keyed as (

    select
        *,
        {{ account_key('account', 'job_shortcode') }} as job_key
    from candidates

),

-- The list is read in every run and the detail later: the list says what is true now, the detail
-- fills what the list leaves out.
joined as (

    select
        keyed.account,
        keyed.candidate_key,
        keyed.candidate_id,
        keyed.job_key,
        keyed.full_name,
        keyed.first_name,
        keyed.last_name,
        keyed.profile_url,
        keyed.stage_name,
        keyed.stage_kind as stage_kind_raw,
        keyed.disqualification_reason,
        keyed.source_name,
        keyed.source_category as source_category_raw,
        keyed.source_domain,
        keyed.source_outlet,
        keyed.resume_file_name,
        keyed.resume_content_type,
        keyed.resume_created_at,
        keyed.resume_updated_at,
        keyed.hired_at,
        keyed.moved_to_offer_at,
        details.city,
        details.region,
        details.country_code,
        details.summary,
        details.cover_letter,
        details.uploader_id,
        details.originating_candidate_id,
        details.disqualified_at,
        keyed.created_at,
        keyed.updated_at,
        syncs.synced_at,
        tombstones.deleted_at,
        tombstones.replaced_by_id,
        coalesce(keyed.headline, details.headline) as headline,
        coalesce(keyed.email, details.email) as email,
        coalesce(keyed.phone, details.phone) as phone,
        coalesce(keyed.address, details.address) as address,
        case
            when keyed.stage_kind is not null then coalesce(kinds.stage_kind, 'other')
        end as stage_kind,
        case
            when keyed.stage_kind is not null then coalesce(kinds.reporting_stage, 'other')
        end as reporting_stage,
        coalesce(keyed.is_disqualified, false) as is_disqualified,
        coalesce(keyed.has_withdrawn, details.has_withdrawn) as has_withdrawn,
        coalesce(keyed.is_sourced, false) as is_sourced,
        coalesce(keyed.is_anonymized, false) as is_anonymized,
        coalesce(jobs.is_sample, false) as is_sample,
        keyed.job_key is null as is_talent_pool,
        keyed.has_resume,
        coalesce(details.listed_updated_at >= keyed.updated_at, false) as is_detail_current,
        tombstones.record_id is not null as is_deleted
    from keyed
    left join details on keyed.candidate_key = details.candidate_key
    left join jobs on keyed.job_key = jobs.job_key
    left join kinds
        on
            {{ normalised_value('keyed.stage_kind') }}
            = {{ normalised_value('kinds.stage_kind_raw') }}
    left join tombstones
        on
            keyed.account = tombstones.account
            and keyed.candidate_id = tombstones.record_id
            and tombstones.resource = 'candidates'
    left join syncs on keyed.account = syncs.account and syncs.resource = 'candidates'

)

select * from joined

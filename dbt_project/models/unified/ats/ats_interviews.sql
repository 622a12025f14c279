with events as (

    select * from {{ ref('stg_workable__events') }}

),

candidates as (

    select * from {{ ref('int_workable__candidates_flagged') }}

),

members as (

    select
        event_key,
        cast(count(*) as integer) as member_count,
        cast(count(case when lower(reply) = 'accepted' then 1 end) as integer) as accepted_count,
        cast(count(case when lower(reply) = 'declined' then 1 end) as integer) as declined_count,
        {{ dbt.listagg('user_key', "', '", 'order by position') }} as member_user_keys
    from {{ ref('int_workable__event_members_exploded') }}
    group by event_key

),

tombstones as (

    select * from {{ ref('int_workable__tombstones_current') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

keyed as (

    select
        events.*,
        {{ account_key('account', 'candidate_id') }} as candidate_key,
        {{ account_key('account', 'job_shortcode') }} as event_job_key
    from events

),

final as (

    select
        keyed.account,
        keyed.event_key as interview_key,
        keyed.event_id as interview_id,
        keyed.candidate_key,
        candidates.application_key,
        coalesce(keyed.event_job_key, candidates.job_key) as job_key,
        keyed.title,
        keyed.description,
        {{ mapped('keyed.event_type', {
            'interviewevent': 'interview', 'interview': 'interview', 'callevent': 'call',
            'call': 'call', 'meetingevent': 'meeting', 'meeting': 'meeting',
        }) }} as interview_type,
        keyed.event_type as interview_type_raw,
        keyed.starts_at,
        keyed.ends_at,
        cast({{ hours_between('keyed.starts_at', 'keyed.ends_at') }} as decimal(18, 4))
            as duration_hours,
        coalesce(keyed.is_cancelled, false) as is_cancelled,
        keyed.conference_type,
        members.member_user_keys,
        coalesce(members.member_count, 0) as member_count,
        coalesce(members.accepted_count, 0) as accepted_count,
        coalesce(members.declined_count, 0) as declined_count,
        coalesce(candidates.is_sample, false) as is_sample,
        coalesce(candidates.is_anonymized, false) as is_anonymized,
        keyed.created_at,
        keyed.updated_at,
        syncs.synced_at,
        tombstones.record_id is not null or coalesce(candidates.is_deleted, false) as is_deleted,
        coalesce(tombstones.deleted_at, candidates.deleted_at) as deleted_at
    from keyed
    left join candidates on keyed.candidate_key = candidates.candidate_key
    left join members on keyed.event_key = members.event_key
    left join tombstones
        on
            keyed.account = tombstones.account
            and keyed.event_id = tombstones.record_id
            and tombstones.resource = 'events'
    left join syncs on keyed.account = syncs.account and syncs.resource = 'events'

)

select * from final

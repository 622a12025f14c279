{{ config(materialized='table') }}

with candidates as (

    select
        account,
        candidate_key,
        candidate_id,
        originating_candidate_id,
        job_key,
        created_at,
        deleted_at,
        replaced_by_id,
        {{ hex_order('candidate_id') }} as id_order,
        {{ normalised_email('email') }} as email
    from {{ ref('int_workable__candidates_joined') }}

),

relocations as (

    select
        {{ account_key('account', 'candidate_id') }} as candidate_key,
        max(occurred_at) as moved_at
    from {{ ref('int_workable__activities_merged') }}
    where action = 'moved'
    group by account, candidate_id

),

syncs as (

    select
        account,
        began_at,
        completed_at
    from {{ ref('stg_workable__syncs') }}
    where resource = 'candidates' and is_complete

),

by_tombstone as (

    select
        account,
        {{ account_key('account', 'replaced_by_id') }} as new_key,
        candidate_key as old_key,
        id_order as old_order,
        1 as preference,
        'source' as basis
    from candidates
    where replaced_by_id is not null

),

by_origin as (

    select
        candidates.account,
        candidates.candidate_key as new_key,
        {{ account_key('candidates.account', 'candidates.originating_candidate_id') }} as old_key,
        {{ hex_order('candidates.originating_candidate_id') }} as old_order,
        1 as preference,
        'source' as basis
    from candidates
    inner join relocations on candidates.candidate_key = relocations.candidate_key
    where
        candidates.originating_candidate_id is not null
        and candidates.originating_candidate_id <> candidates.candidate_id

),

by_activities as (

    select distinct
        account,
        {{ account_key('account', 'candidate_id') }} as new_key,
        {{ account_key('account', 'earlier_candidate_id') }} as old_key,
        {{ hex_order('earlier_candidate_id') }} as old_order,
        2 as preference,
        'observed' as basis
    from {{ ref('int_workable__activities_inherited') }}

),

-- The move lies between the sync that first missed the old record and the one before it.
vanished as (

    select
        candidates.account,
        candidates.candidate_key,
        candidates.id_order,
        candidates.created_at,
        candidates.email,
        candidates.deleted_at,
        max(syncs.began_at) as last_seen_at
    from candidates
    inner join syncs
        on candidates.account = syncs.account and candidates.deleted_at > syncs.completed_at
    where candidates.deleted_at is not null and candidates.email is not null
    group by
        candidates.account, candidates.candidate_key, candidates.id_order, candidates.created_at,
        candidates.email, candidates.deleted_at

),

by_person as (

    select
        candidates.account,
        candidates.candidate_key as new_key,
        max(vanished.candidate_key) as old_key,
        max(vanished.id_order) as old_order,
        3 as preference,
        'inferred' as basis
    from candidates
    inner join relocations on candidates.candidate_key = relocations.candidate_key
    inner join vanished
        on
            candidates.account = vanished.account
            and candidates.email = vanished.email
            and candidates.created_at = vanished.created_at
            and candidates.id_order > vanished.id_order
            and relocations.moved_at > vanished.last_seen_at
            and relocations.moved_at <= vanished.deleted_at
    group by candidates.account, candidates.candidate_key
    having count(*) = 1

),

final as (

    select * from by_tombstone
    union all
    select * from by_origin
    union all
    select * from by_activities
    union all
    select * from by_person

)

select * from final

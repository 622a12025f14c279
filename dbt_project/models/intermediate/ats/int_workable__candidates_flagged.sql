with candidates as (

    select * from {{ ref('int_workable__candidates_joined') }}

),

-- The origin of somebody who was relocated twice between two loads is a record that no load ever
-- read; so any evidence that a record lives on under another key is enough.
superseded as (

    select distinct old_key as candidate_key
    from {{ ref('int_workable__relocations_evidenced') }}

),

-- What hangs on a candidate is gone with the record, be it deleted or replaced by a relocation.
final as (

    select
        candidates.account,
        candidates.candidate_key,
        candidates.candidate_id,
        candidates.job_key,
        case
            when not candidates.is_talent_pool then candidates.candidate_key
        end as application_key,
        candidates.is_sample,
        candidates.is_anonymized,
        superseded.candidate_key is not null as is_superseded,
        candidates.is_deleted or superseded.candidate_key is not null as is_deleted,
        candidates.deleted_at
    from candidates
    left join superseded on candidates.candidate_key = superseded.candidate_key

)

select * from final

with offers as (

    select * from {{ ref('stg_workable__offers') }}

),

candidates as (

    select * from {{ ref('int_workable__candidates_flagged') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

final as (

    select
        offers.account,
        offers.offer_key,
        offers.offer_id,
        candidates.candidate_key,
        candidates.application_key,
        candidates.job_key,
        {{ mapped('offers.state', {
            'draft': 'draft', 'created': 'draft', 'pending': 'pending', 'pending_approval': 'pending',
            'awaiting_approval': 'pending', 'approved': 'approved', 'sent': 'sent',
            'awaiting_signature': 'sent', 'accepted': 'accepted', 'signed': 'accepted',
            'completed': 'accepted', 'declined': 'declined', 'rejected': 'declined',
            'rescinded': 'withdrawn', 'withdrawn': 'withdrawn', 'cancelled': 'withdrawn',
            'canceled': 'withdrawn', 'voided': 'withdrawn', 'expired': 'expired',
        }) }} as state,
        offers.state as state_raw,
        offers.created_at as offered_at,
        {{ json_length('offers.documents') }} as document_count,
        coalesce(candidates.is_sample, false) as is_sample,
        coalesce(candidates.is_anonymized, false) as is_anonymized,
        offers.created_at,
        offers.updated_at,
        syncs.synced_at,
        coalesce(candidates.is_deleted, false) as is_deleted,
        candidates.deleted_at
    from offers
    left join candidates on offers.offer_key = candidates.candidate_key
    left join syncs on offers.account = syncs.account and syncs.resource = 'offers'
    where offers.state is not null or offers.created_at is not null

)

select * from final

with attachments as (

    select * from {{ ref('int_workable__attachments_listed') }}

),

candidates as (

    select * from {{ ref('int_workable__candidates_flagged') }}

),

final as (

    select
        attachments.account,
        {{ account_key(
            'attachments.account', 'attachments.candidate_id', 'attachments.kind',
            'attachments.file_name', 'attachments.ordinal',
        ) }} as attachment_key,
        candidates.candidate_key,
        candidates.application_key,
        candidates.job_key,
        {{ mapped('attachments.kind', {
            'resume': 'resume', 'cv': 'resume', 'cover_letter': 'cover_letter',
            'coverletter': 'cover_letter', 'offer': 'offer_letter', 'offer_letter': 'offer_letter',
        }) }} as attachment_type,
        attachments.kind as attachment_type_raw,
        nullif(attachments.file_name, '') as file_name,
        attachments.content_type,
        attachments.origin,
        candidates.is_sample,
        attachments.created_at,
        attachments.updated_at,
        attachments.synced_at,
        candidates.is_deleted,
        candidates.deleted_at
    from attachments
    inner join candidates
        on
            attachments.account = candidates.account
            and attachments.candidate_id = candidates.candidate_id

)

select * from final

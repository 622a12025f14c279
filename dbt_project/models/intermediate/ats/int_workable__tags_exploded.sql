with details as (

    select * from {{ ref('stg_workable__candidate_details') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

tags as (

    {{ json_each_element('details', 'tags', ['account', 'candidate_id', 'candidate_key']) }}

),

final as (

    select
        tags.account,
        tags.candidate_id,
        tags.candidate_key,
        {{ json_text('tags.element') }} as tag,
        min(tags.position) as position,
        max(syncs.synced_at) as synced_at
    from tags
    left join syncs
        on tags.account = syncs.account and syncs.resource = 'candidate_details'
    where {{ json_text('tags.element') }} is not null
    group by tags.account, tags.candidate_id, tags.candidate_key, {{ json_text('tags.element') }}

)

select * from final

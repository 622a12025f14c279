with tags as (

    select * from {{ ref('int_workable__tags_exploded') }}

),

candidates as (

    select * from {{ ref('int_workable__candidates_flagged') }}

),

final as (

    select
        tags.account,
        {{ account_key('tags.account', 'tags.candidate_id', 'tags.tag') }} as candidate_tag_key,
        candidates.candidate_key,
        candidates.application_key,
        tags.tag,
        candidates.is_sample,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        tags.synced_at,
        candidates.is_deleted,
        candidates.deleted_at
    from tags
    inner join candidates on tags.candidate_key = candidates.candidate_key

)

select * from final

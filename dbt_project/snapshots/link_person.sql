{% snapshot link_person %}

{{ config(unique_key='candidate_key', strategy='check', check_cols='all', hard_deletes='ignore') }}

-- A blanked record matches nobody any more: it is left out, so that what was last known of it
-- stays.
with people as (

    select * from {{ ref('int_workable__people_matched') }}

),

flags as (

    select * from {{ ref('int_workable__candidates_flagged') }}

),

final as (

    select
        people.account,
        people.candidate_key,
        people.person_key,
        people.match_basis
    from people
    inner join flags on people.candidate_key = flags.candidate_key
    where
        {{ as_of() }} is not null
        and not coalesce(flags.is_anonymized, false)
        and not coalesce(flags.is_deleted, false)

)

select * from final

{% endsnapshot %}

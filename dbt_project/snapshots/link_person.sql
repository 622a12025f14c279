{% snapshot link_person %}

{{ config(unique_key='candidate_key', strategy='check', check_cols='all', hard_deletes='ignore') }}

-- What was known goes into what is known, so a link outlives the data that it was found by.
with remembered as (

    {{ links_before(this, ['candidate_key', 'person_key', 'match_basis']) }}

),

{{ known_people() }},

final as (

    select
        account,
        candidate_key,
        person_key,
        match_basis
    from known
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

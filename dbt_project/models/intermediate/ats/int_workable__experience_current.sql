with details as (

    select * from {{ ref('stg_workable__candidate_details') }}

),

entries as (

    {{ json_each_element('details', 'experience_entries', ['candidate_key']) }}

),

present as (

    select
        candidate_key,
        {{ json_text('element', 'title') }} as current_title,
        {{ json_text('element', 'company') }} as current_company,
        row_number() over (partition by candidate_key order by position) as ordinal
    from entries
    where {{ json_text('element', 'current') }} = 'true'

),

final as (

    select
        candidate_key,
        current_title,
        current_company
    from present
    where ordinal = 1

)

select * from final

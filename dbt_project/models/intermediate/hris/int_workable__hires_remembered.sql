{{ config(materialized='table') }}

with remembered as (

    select
        employee_key,
        candidate_key,
        application_key,
        candidate_link_basis
    from {{ ref('link_employee') }}
    where dbt_valid_to is null

),

{{ known_hires() }},

final as (

    select * from known
    where candidate_key is not null

)

select * from final

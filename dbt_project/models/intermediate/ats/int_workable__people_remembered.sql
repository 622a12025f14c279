{{ config(materialized='table') }}

with remembered as (

    select
        candidate_key,
        person_key,
        match_basis
    from {{ ref('link_person') }}
    where dbt_valid_to is null

),

{{ known_people() }}

select * from known

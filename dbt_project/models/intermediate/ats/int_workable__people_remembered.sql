{{ config(materialized='table') }}

with matched as (

    select * from {{ ref('int_workable__people_matched') }}

),

remembered as (

    select
        candidate_key,
        person_key,
        match_basis
    from {{ ref('link_person') }}
    where dbt_valid_to is null

),

{{ known_people() }}

select * from known

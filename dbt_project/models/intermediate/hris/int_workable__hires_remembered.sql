{{ config(materialized='table') }}

with matched as (

    select * from {{ ref('int_workable__hires_matched') }}

),

remembered as (

    select
        employee_key,
        candidate_key,
        application_key,
        candidate_link_basis
    from {{ ref('link_employee') }}
    where dbt_valid_to is null

),

employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

applications as (

    select * from {{ ref('int_workable__applications_statused') }}

),

relocations as (

    select
        old_key,
        max(new_key) as new_key
    from {{ ref('int_workable__relocations_evidenced') }}
    group by old_key

),

{{ known_hires() }},

final as (

    select * from known
    where candidate_key is not null

)

select * from final

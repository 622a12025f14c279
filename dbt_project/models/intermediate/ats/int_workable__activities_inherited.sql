{{ config(materialized='table') }}

with streams as (

    select
        account,
        activity_key,
        candidate_id
    from {{ ref('stg_workable__candidate_activities') }}
    union
    select
        account,
        activity_key,
        candidate_id
    from {{ ref('stg_workable__job_activities') }}
    where candidate_id is not null

),

owners as (

    select
        account,
        activity_key,
        candidate_id,
        lag(candidate_id) over owned as earlier_candidate_id,
        first_value(candidate_id) over owned as first_candidate_id
    from streams
    window owned as (partition by activity_key order by {{ hex_order('candidate_id') }})

),

final as (

    select * from owners
    where earlier_candidate_id is not null

)

select * from final

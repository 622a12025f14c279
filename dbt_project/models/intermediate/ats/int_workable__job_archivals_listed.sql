with states as (

    select * from {{ ref('int_workable__job_states_seen') }}

),

-- Workable does not say when a job was archived or opened again; builds see it. Who was archived at
-- first sight was so since a day that nobody saw.
final as (

    select
        job_key,
        seen_from as archived_at,
        seen_until as reopened_at
    from states
    where status = 'archived' and status_before is not null

)

select * from final

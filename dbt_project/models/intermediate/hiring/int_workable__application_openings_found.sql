with applications as (

    select
        application_key,
        job_key,
        created_at
    from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }}

),

openings as (

    select * from {{ ref('int_workable__job_openings_listed') }}

),

earlier as (

    select
        applications.application_key,
        openings.opened_at,
        openings.basis,
        row_number() over (
            partition by applications.application_key
            order by openings.opened_at desc, openings.basis desc
        ) as recency
    from applications
    inner join openings
        on
            applications.job_key = openings.job_key
            and applications.created_at >= openings.opened_at

),

final as (

    select
        application_key,
        opened_at,
        case when basis = 'inferred' then 'job_created' else 'job_opened' end as basis
    from earlier
    where recency = 1

)

select * from final

with hires as (

    select
        application_key,
        job_key,
        requisition_key,
        hired_at
    from {{ ref('ats_applications') }}
    where {{ counts_in_marts() }} and hired_at is not null

),

requisitions as (

    select
        requisition_key,
        job_key,
        application_key,
        state
    from {{ ref('ats_requisitions') }}

),

versions as (

    select * from {{ ref('int_workable__requisition_versions_dated') }}

),

named as (

    select distinct application_key
    from requisitions
    where application_key is not null

),

-- Only the job ties the others: to a requisition that was open when they were hired, was filled
-- since, and does not say by whom.
possible as (

    select
        hires.application_key,
        requisitions.requisition_key
    from hires
    left join named on hires.application_key = named.application_key
    inner join requisitions
        on
            hires.job_key = requisitions.job_key
            and requisitions.state = 'filled'
            and requisitions.application_key is null
    inner join versions
        on
            requisitions.requisition_key = versions.requisition_key
            and versions.is_vacant
            and hires.hired_at >= versions.seen_from
            and hires.hired_at < versions.seen_until
    where named.application_key is null

),

counted as (

    select
        *,
        count(*) over (partition by application_key) as requisitions_of_hire,
        count(*) over (partition by requisition_key) as hires_of_requisition
    from possible

),

final as (

    select
        application_key,
        requisition_key
    from hires
    where requisition_key is not null
    union all
    select
        application_key,
        requisition_key
    from counted
    where requisitions_of_hire = 1 and hires_of_requisition = 1

)

select * from final

-- No two intervals of an application overlap, and one ends when the next begins, unless time that
-- the candidate was disqualified or the job archived lies between, be it since a day that nobody
-- saw. Entries whose moment is not known are not compared.
with intervals as (

    select * from {{ ref('hiring_stage_intervals') }}

),

paired as (

    select
        application_key,
        interval_number,
        exit,
        exited_at,
        entered_at,
        lead(interval_number) over by_number as next_number,
        lead(entered_at) over by_number as next_entered_at
    from intervals
    window by_number as (partition by application_key order by interval_number)

),

final as (

    select *
    from paired
    where
        exited_at < entered_at
        or next_entered_at < entered_at
        or (next_number is not null and exited_at is null and exit <> 'job_archived')
        or exited_at > next_entered_at
        or (
            exited_at < next_entered_at
            and exit not in ('disqualified', 'withdrew', 'job_archived')
        )

)

select * from final

with inherited as (

    select distinct
        account,
        activity_key,
        first_candidate_id
    from {{ ref('int_workable__activities_inherited') }}

),

candidates as (

    select
        candidate_key,
        job_key
    from {{ ref('int_workable__candidates_joined') }}

),

final as (

    select
        inherited.activity_key,
        candidates.job_key
    from inherited
    inner join candidates
        on
            {{ account_key('inherited.account', 'inherited.first_candidate_id') }}
            = candidates.candidate_key
    where candidates.job_key is not null

)

select * from final

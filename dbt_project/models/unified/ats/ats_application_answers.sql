with answers as (

    select * from {{ ref('int_workable__answers_exploded') }}

),

applications as (

    select *
    from {{ ref('int_workable__candidates_flagged') }}
    where application_key is not null

),

-- An answer carries the question's text only: it finds its question where the job's form has that
-- text once.
questions as (

    select
        job_key,
        body,
        max(item_id) as question_id,
        max(item_type) as question_type
    from {{ ref('stg_workable__job_application_forms') }}
    where item_kind = 'question'
    group by job_key, body
    having count(*) = 1

),

final as (

    select
        answers.account,
        {{ account_key('answers.account', 'answers.candidate_id', 'answers.position') }}
            as answer_key,
        answers.candidate_key,
        applications.application_key,
        applications.job_key,
        answers.position,
        answers.question,
        questions.question_id,
        questions.question_type as question_type_raw,
        answers.answer_type,
        answers.answer_text,
        answers.answer_number,
        answers.answer_boolean,
        answers.answer_date,
        answers.answer_choices,
        answers.has_file,
        applications.is_sample,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        answers.synced_at,
        applications.is_deleted,
        applications.deleted_at
    from answers
    inner join applications on answers.candidate_key = applications.application_key
    left join questions
        on applications.job_key = questions.job_key and answers.question = questions.body

)

select * from final

with details as (

    select * from {{ ref('stg_workable__candidate_details') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

answers as (

    {{ json_each_element('details', 'answers', ['account', 'candidate_id', 'candidate_key']) }}

),

-- The answer's one key tells its type: body, checked, choices, date, number or file_url (which is a
-- signed URL and not kept).
read as (

    select
        account,
        candidate_id,
        candidate_key,
        position as answer_position,
        {{ json_text('element', 'question.body') }} as question,
        {{ json_text('element', 'answer.body') }} as body,
        {{ json_text('element', 'answer.checked') }} as checked,
        {{ json_value('element', 'answer.choices') }} as choices,
        {{ json_text('element', 'answer.date') }} as answer_date,
        {{ json_text('element', 'answer.number') }} as answer_number,
        {{ json_text('element', 'answer.file_url') }} as file_url
    from answers

),

choices as (

    {{ json_each_element('read', 'choices', ['candidate_key', 'answer_position']) }}

),

picked as (

    select
        candidate_key,
        answer_position,
        {{ text_list(json_text('element', 'body'), 'position') }} as choices
    from choices
    group by candidate_key, answer_position

),

final as (

    select
        read.account,
        read.candidate_id,
        read.candidate_key,
        read.answer_position as position,
        read.question,
        read.body as answer_text,
        {{ text_decimal('read.answer_number') }} as answer_number,
        {{ text_boolean('read.checked') }} as answer_boolean,
        {{ text_date('read.answer_date') }} as answer_date,
        picked.choices as answer_choices,
        read.file_url is not null as has_file,
        syncs.synced_at,
        case
            when read.body is not null then 'text'
            when read.checked is not null then 'boolean'
            when picked.candidate_key is not null then 'choices'
            when read.answer_date is not null then 'date'
            when read.answer_number is not null then 'number'
            when read.file_url is not null then 'file'
        end as answer_type
    from read
    left join picked
        on
            read.candidate_key = picked.candidate_key
            and read.answer_position = picked.answer_position
    left join syncs
        on read.account = syncs.account and syncs.resource = 'candidate_details'

)

select * from final

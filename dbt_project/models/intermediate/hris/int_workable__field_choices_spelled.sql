with choices as (

    select * from {{ ref('int_workable__field_choices_exploded') }}

),

-- Whether a profile holds a choice's id or its label is not documented, so both are understood;
-- a label that two choices share stands for neither.
labels as (

    select
        field_key,
        label,
        min(choice_id) as choice_id
    from choices
    where label is not null
    group by field_key, label
    having count(*) = 1

),

final as (

    select
        account,
        field_key,
        field_id,
        parent_field_id,
        choice_id as spelling,
        choice_id,
        label
    from choices
    union all
    select
        choices.account,
        choices.field_key,
        choices.field_id,
        choices.parent_field_id,
        labels.label as spelling,
        choices.choice_id,
        choices.label
    from labels
    inner join choices
        on labels.field_key = choices.field_key and labels.choice_id = choices.choice_id
    left join choices as homonyms
        on labels.field_key = homonyms.field_key and labels.label = homonyms.choice_id
    where homonyms.choice_id is null

)

select * from final

with requests as (

    select * from {{ ref('stg_workable__timeoff_requests') }}

),

elements as (

    {{ json_each_element('requests', 'half_days', ['timeoff_request_key']) }}

),

halves as (

    select
        timeoff_request_key,
        {{ text_date(json_text('element', 'date')) }} as half_date,
        lower({{ json_text('element', 'half') }}) as half
    from elements

),

-- Both halves of one date are a whole day; a half that is not named is a half all the same.
final as (

    select
        timeoff_request_key,
        half_date,
        min(half) as half
    from halves
    where half_date is not null
    group by timeoff_request_key, half_date
    having count(distinct half) <= 1

)

select * from final

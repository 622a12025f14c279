with events as (

    select * from {{ ref('stg_workable__events') }}

),

members as (

    {{ json_each_element('events', 'members', ['account', 'event_key']) }}

),

final as (

    select
        account,
        event_key,
        position,
        case
            when lower({{ json_text('element', 'type') }}) like '%recruiter%'
                then {{ account_key('account', "'recruiter'", json_text('element', 'id')) }}
            else {{ account_key('account', "'member'", json_text('element', 'id')) }}
        end as user_key,
        {{ json_text('element', 'status') }} as reply
    from members

)

select * from final

with source as (

    select * from {{ source('workable_raw', 'disqualification_reasons') }}

),

renamed as (

    select
        account,
        id as disqualification_reason_id,
        {{ account_key('account', 'id') }} as disqualification_reason_key,
        description,
        position,
        candidate_withdrew as is_withdrawal,
        _read_at as read_at
    from source

)

select * from renamed

with source as (

    select * from {{ source('workable_raw', 'offers') }}

),

renamed as (

    select
        account,
        candidate_id,
        {{ account_key('account', 'candidate_id') }} as offer_key,
        id as offer_id,
        state,
        {{ json_column('documents') }} as documents,
        created_at,
        updated_at,
        _read_at as read_at
    from source

)

select * from renamed

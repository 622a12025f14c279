with evidence as (

    select * from {{ ref('int_workable__relocations_evidenced') }}

),

ranked as (

    select
        *,
        row_number() over (partition by new_key order by preference asc, old_order desc) as choice
    from evidence

),

final as (

    select
        account,
        new_key as application_key,
        old_key as relocated_from_application_key,
        basis
    from ranked
    where choice = 1

)

select * from final

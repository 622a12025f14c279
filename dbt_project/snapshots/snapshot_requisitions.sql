{% snapshot snapshot_requisitions %}

{{ config(
    unique_key='requisition_key', strategy='check', check_cols='all', hard_deletes='ignore'
) }}

with requisitions as (

    select
        account,
        requisition_key,
        job_key,
        department_key,
        state,
        plan_date,
        start_date,
        is_deleted
    from {{ ref('ats_requisitions') }}

),

final as (

    select * from requisitions
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

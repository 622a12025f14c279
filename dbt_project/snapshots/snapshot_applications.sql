{% snapshot snapshot_applications %}

{{ config(
    unique_key='application_key', strategy='check', check_cols='all', hard_deletes='ignore'
) }}

with applications as (

    select
        account,
        application_key,
        job_key,
        current_stage_key,
        current_stage_name,
        current_stage_kind,
        status,
        is_superseded,
        is_deleted
    from {{ ref('ats_applications') }}

),

final as (

    select * from applications
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

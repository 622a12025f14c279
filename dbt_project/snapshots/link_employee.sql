{% snapshot link_employee %}

{{ config(unique_key='employee_key', strategy='check', check_cols='all', hard_deletes='ignore') }}

-- A link whose e-mails were blanked is found no more; its row stays, since none is ever ended.
with hires as (

    select
        account,
        employee_key,
        candidate_key,
        application_key,
        candidate_link_basis
    from {{ ref('int_workable__hires_matched') }}

),

final as (

    select * from hires
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

{% snapshot link_rehire %}

{{ config(unique_key='employee_key', strategy='check', check_cols='all', hard_deletes='ignore') }}

-- What was known goes into what is known, so a link outlives the e-mails that it was found by.
with remembered as (

    {{ links_before(this, ['employee_key', 'previous_employee_key', 'rehire_basis']) }}

),

{{ known_rehires() }},

final as (

    select
        account,
        employee_key,
        previous_employee_key,
        rehire_basis
    from known
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

{% snapshot link_employee %}

{{ config(unique_key='employee_key', strategy='check', check_cols='all', hard_deletes='ignore') }}

-- What was known goes into what is known, so a link outlives the e-mails that it was found by.
with matched as (

    select * from {{ ref('int_workable__hires_matched') }}

),

remembered as (

    {{ links_before(
        this, ['employee_key', 'candidate_key', 'application_key', 'candidate_link_basis']
    ) }}

),

employees as (

    select * from {{ ref('int_workable__employees_combined') }}

),

applications as (

    select * from {{ ref('int_workable__applications_statused') }}

),

relocations as (

    select
        old_key,
        max(new_key) as new_key
    from {{ ref('int_workable__relocations_evidenced') }}
    group by old_key

),

{{ known_hires() }},

final as (

    select
        account,
        employee_key,
        candidate_key,
        application_key,
        candidate_link_basis
    from known
    where {{ as_of() }} is not null

)

select * from final

{% endsnapshot %}

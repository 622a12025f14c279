with employments as (

    select * from {{ ref('int_workable__employments_exploded') }}

),

employees as (

    select * from {{ ref('int_workable__employees_combined') }}
    {% if not var('include_deleted', false) %}
    where not is_deleted
    {% endif %}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}
    where resource = 'employee_details'

),

final as (

    select
        employments.account,
        employments.employment_key,
        employments.employment_id,
        employments.employee_key,
        employments.is_primary,
        employments.effective_date,
        employments.expiry_date,
        {{ employment_type(hris_choice_word(
            'employments.employment_type_label', 'employement_type_'
        )) }} as employment_type,
        employments.employment_type_raw,
        {{ workplace_type(hris_choice_word(
            'employments.workplace_type_label', 'employment_work_place_'
        )) }} as workplace_type,
        employments.workplace_type_raw,
        employments.note,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        syncs.synced_at,
        employees.is_deleted,
        employees.deleted_at
    from employments
    inner join employees on employments.employee_key = employees.employee_key
    left join syncs on employments.account = syncs.account

)

select * from final

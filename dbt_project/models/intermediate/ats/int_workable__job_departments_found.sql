with jobs as (

    select
        job_key,
        account,
        department_hierarchy
    from {{ ref('int_workable__jobs_joined') }}

),

-- Ancestors first, the job's own department last.
levels as (

    {{ json_each_element('jobs', 'department_hierarchy', ['job_key', 'account']) }}

),

named as (

    select
        job_key,
        position,
        {{ account_key('account', json_text('element', 'id')) }} as department_key,
        {{ blank_to_null(json_text('element', 'name')) }} as name,
        row_number() over (partition by job_key order by position desc) as from_the_end
    from levels

),

final as (

    select
        job_key,
        max(case when from_the_end = 1 then department_key end) as department_key,
        {{ dbt.listagg('name', "' > '", 'order by position') }} as department_path
    from named
    group by job_key

)

select * from final

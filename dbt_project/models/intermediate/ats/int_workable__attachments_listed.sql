with candidates as (

    select * from {{ ref('int_workable__candidates_joined') }}

),

files as (

    select * from {{ ref('stg_workable__candidate_files') }}

),

syncs as (

    select * from {{ ref('int_workable__syncs_latest') }}

),

resumes as (

    select
        account,
        candidate_id,
        coalesce(resume_file_name, '') as file_name,
        'resume' as kind,
        1 as ordinal,
        resume_content_type as content_type,
        'resume_metadata' as origin,
        resume_created_at as created_at,
        resume_updated_at as updated_at,
        synced_at
    from candidates
    where has_resume

),

-- A résumé that the file list names too is one file.
listed as (

    select
        files.account,
        files.candidate_id,
        files.file_name,
        files.kind,
        files.ordinal,
        cast(null as {{ dbt.type_string() }}) as content_type,
        files.origin,
        cast(null as {{ dbt.type_timestamp() }}) as created_at,
        cast(null as {{ dbt.type_timestamp() }}) as updated_at,
        syncs.synced_at
    from files
    left join resumes
        on
            files.account = resumes.account
            and files.candidate_id = resumes.candidate_id
            and files.file_name = resumes.file_name
            and files.kind = resumes.kind
            and files.ordinal = resumes.ordinal
    left join syncs on files.account = syncs.account and syncs.resource = 'candidate_files'
    where resumes.candidate_id is null

),

final as (

    select * from resumes
    union all
    select * from listed

)

select * from final

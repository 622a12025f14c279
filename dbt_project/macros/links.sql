{# Links that were found by personal data outlive it. Each macro gives steps that begin with what
   the records say today and follow one other: `remembered`, what the last build knew. Both the
   snapshot that remembers and the model that the tables read are made of them; what was just
   remembered changes nothing any more, so the two agree. #}

{# Steps from people_matched to `known`: a candidate record's person.
   - A record that can be matched belongs to its group of today, whatever was known.
   - A group takes the earliest person that one of its records was known as. A person whose naming
     record can be matched is that record's group; else, if two groups were one person, the one
     with the earliest record stays it. Without any, the group is named by its first record.
   - A record with nothing to go by stays with the person it was known as, or with the group that
     this person has become a part of.
   - A phone and name that once fitted two e-mails are no evidence when one of these is blanked. #}
{% macro known_people() -%}
matched as (

    select * from {{ ref('int_workable__people_matched') }}

),

recalled as (

    select
        matched.account,
        matched.candidate_key,
        matched.id_order,
        matched.person_key as matched_key,
        remembered.person_key as remembered_key,
        matched.match_basis <> 'none' as is_matchable,
        case
            when matched.match_basis = 'none' then coalesce(remembered.match_basis, 'none')
            when matched.match_basis = 'phone_and_name' and remembered.match_basis = 'ambiguous'
                then 'ambiguous'
            else matched.match_basis
        end as match_basis
    from matched
    left join remembered on matched.candidate_key = remembered.candidate_key

),

grouped as (

    select
        *,
        case
            when match_basis = 'ambiguous' then candidate_key || ':alone' else matched_key
        end as group_key
    from recalled
    where is_matchable

),

named as (

    select
        *,
        first_value(candidate_key) over (partition by group_key order by id_order) as first_key
    from grouped

),

claims as (

    select
        named.account,
        named.group_key,
        named.remembered_key,
        min(named.id_order) as id_order
    from named
    left join grouped as namesakes on named.remembered_key = namesakes.candidate_key
    where
        named.remembered_key is not null
        and coalesce(namesakes.group_key, named.group_key) = named.group_key
    group by named.account, named.group_key, named.remembered_key

),

ranked as (

    select
        *,
        row_number() over (partition by remembered_key order by id_order) as choice
    from claims

),

continued as (

    select
        group_key,
        remembered_key,
        first_value(remembered_key) over (
            partition by group_key
            order by {{ hex_order('substr(remembered_key, length(account) + 2)') }}
        ) as person_key
    from ranked
    where choice = 1

),

continued_groups as (

    select distinct
        group_key,
        person_key
    from continued

),

known as (

    select
        recalled.account,
        recalled.candidate_key,
        recalled.match_basis,
        case
            when recalled.is_matchable then coalesce(continued_groups.person_key, named.first_key)
            else coalesce(continued.person_key, recalled.remembered_key, recalled.candidate_key)
        end as person_key
    from recalled
    left join named on recalled.candidate_key = named.candidate_key
    left join continued_groups on named.group_key = continued_groups.group_key
    left join continued
        on
            recalled.remembered_key = continued.remembered_key
            and not recalled.is_matchable

)
{%- endmacro %}


{# Steps from hires_matched to `known`: an employee's hire, or that there is none any more.
   - An employee who names the candidate is believed before all.
   - Else a link that was known stays when either side is gone or has no e-mail any more; one by
     e-mail only while the hire stands. A relocated hire is followed.
   - Else what matches by e-mail today, unless the employee once had two hires and one that has
     no e-mail any more lies in time: it may have been the other. #}
{% macro known_hires() -%}
matched as (

    select * from {{ ref('int_workable__hires_matched') }}

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

recalled as (

    select
        remembered.employee_key,
        remembered.candidate_link_basis,
        coalesce(relocations.new_key, remembered.candidate_key) as candidate_key,
        coalesce(relocations.new_key, remembered.application_key) as application_key
    from remembered
    left join relocations on remembered.application_key = relocations.old_key

),

sides as (

    select
        account,
        employee_key,
        start_date,
        is_deleted as is_gone,
        coalesce({{ normalised_email('personal_email') }}, {{ normalised_email('work_email') }})
        is null as is_blank
    from employees

),

hires as (

    select
        account,
        application_key,
        status = 'hired' as is_hire,
        {{ local_date('hired_at') }} as hired_date,
        coalesce(is_deleted, false) or coalesce(is_anonymized, false) as is_gone,
        email_normalized is null as is_blank
    from applications

),

spoken_for as (

    select distinct candidate_key
    from matched
    where candidate_link_basis = 'source'

),

kept as (

    select
        sides.account,
        recalled.employee_key,
        recalled.candidate_key,
        recalled.application_key,
        recalled.candidate_link_basis
    from recalled
    inner join sides on recalled.employee_key = sides.employee_key
    inner join hires on recalled.application_key = hires.application_key
    left join spoken_for on recalled.candidate_key = spoken_for.candidate_key
    where
        spoken_for.candidate_key is null
        and (
            sides.is_gone
            or hires.is_gone
            or (
                recalled.candidate_link_basis = 'email'
                and (sides.is_blank or hires.is_blank)
            )
        )
        and (hires.is_hire or recalled.candidate_link_basis = 'source')

),

doubtful as (

    select distinct recalled.employee_key
    from recalled
    inner join sides on recalled.employee_key = sides.employee_key
    inner join hires
        on
            sides.account = hires.account
            and hires.hired_date >= {{ add_days('sides.start_date', -180) }}
            and hires.hired_date <= {{ add_days('sides.start_date', 30) }}
    where
        recalled.candidate_link_basis = 'ambiguous'
        and hires.is_hire
        and hires.is_blank

),

offered as (

    select
        matched.account,
        matched.employee_key,
        matched.candidate_key,
        matched.application_key,
        matched.candidate_link_basis,
        case when matched.candidate_link_basis = 'source' then 1 else 3 end as preference
    from matched
    left join doubtful on matched.employee_key = doubtful.employee_key
    where
        matched.candidate_link_basis = 'source'
        or (matched.candidate_link_basis = 'email' and doubtful.employee_key is null)
    union all
    select
        account,
        employee_key,
        candidate_key,
        application_key,
        candidate_link_basis,
        2 as preference
    from kept

),

of_employees as (

    select
        *,
        row_number() over (partition by employee_key order by preference) as choice
    from offered

),

-- An application is one employee's hire.
of_applications as (

    select
        *,
        row_number() over (
            partition by application_key order by preference, employee_key
        ) as place
    from of_employees
    where choice = 1

),

links as (

    select * from of_applications
    where place = 1 or application_key is null

),

asked as (

    select employee_key from matched
    union
    select employee_key from recalled

),

known as (

    select
        sides.account,
        asked.employee_key,
        links.candidate_key,
        links.application_key,
        case
            when links.employee_key is not null then links.candidate_link_basis
            when
                doubtful.employee_key is not null
                or matched.candidate_link_basis = 'ambiguous'
                then 'ambiguous'
        end as candidate_link_basis
    from asked
    inner join sides on asked.employee_key = sides.employee_key
    left join links on asked.employee_key = links.employee_key
    left join doubtful on asked.employee_key = doubtful.employee_key
    left join matched on asked.employee_key = matched.employee_key

)
{%- endmacro %}


{# Steps from rehires_matched to `known`: an employee's earlier record.
   - What matches by e-mail today, unless it was another record and that, or the employee, has no
     e-mail any more: then that other one stays.
   - Who once shared the e-mail with somebody employed at the same time came back nowhere, while a
     record that had begun before has no e-mail: it may have been that somebody's. #}
{% macro known_rehires() -%}
matched as (

    select * from {{ ref('int_workable__rehires_matched') }}

),

employments as (

    select * from {{ ref('int_workable__employments_judged') }}

),

blank as (

    select
        account,
        min(start_date) as first_start_date
    from employments
    where email is null and uncounted_reason is null
    group by account

),

recalled as (

    select
        employments.account,
        employments.employee_key,
        matched.previous_employee_key,
        matched.rehire_basis,
        remembered.previous_employee_key as remembered_key,
        coalesce(
            remembered.rehire_basis = 'email'
            and earlier.employee_key is not null
            and (employments.email is null or earlier.email is null),
            false
        ) as is_kept,
        coalesce(
            remembered.rehire_basis = 'ambiguous' and (
                employments.email is null or blank.first_start_date < employments.start_date
            ),
            false
        ) as is_doubtful
    from employments
    left join matched on employments.employee_key = matched.employee_key
    left join remembered on employments.employee_key = remembered.employee_key
    left join employments as earlier on remembered.previous_employee_key = earlier.employee_key
    left join blank on employments.account = blank.account
    where matched.employee_key is not null or remembered.employee_key is not null

),

known as (

    select
        account,
        employee_key,
        case
            when is_kept then remembered_key
            when not is_doubtful then previous_employee_key
        end as previous_employee_key,
        case
            when is_kept then 'email'
            when is_doubtful then 'ambiguous'
            else rehire_basis
        end as rehire_basis
    from recalled

)
{%- endmacro %}


{# What a snapshot of links holds, as a query; before the first build nothing. #}
{% macro links_before(snapshot, columns) -%}
{%- set stored = adapter.get_relation(snapshot.database, snapshot.schema, snapshot.identifier)
        if execute -%}
{%- if stored -%}
select {{ columns | join(', ') }} from {{ snapshot }}
    where dbt_valid_to is null
{%- else -%}
select
    {%- for column in columns %}
        cast(null as {{ dbt.type_string() }}) as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    where false
{%- endif -%}
{%- endmacro %}

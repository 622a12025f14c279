with categories as (

    select * from {{ ref('stg_workable__timeoff_categories') }}

),

kinds as (

    select * from {{ ref('hris_absence_kinds') }}

),

matches as (

    select
        categories.timeoff_type_key,
        kinds.absence_kind,
        row_number() over (
            partition by categories.timeoff_type_key
            order by kinds.priority, kinds.name_pattern
        ) as place
    from categories
    inner join kinds on lower(categories.name) like kinds.name_pattern

),

labelled as (

    select
        categories.*,
        coalesce(matches.absence_kind, 'other') as absence_kind,
        matches.absence_kind is null as is_unmapped_kind,
        case lower(categories.pay_type)
            when 'paid' then true
            when 'unpaid' then false
        end as is_paid,
        {{ hris_lifecycle_columns() }}
    from categories
    left join matches
        on categories.timeoff_type_key = matches.timeoff_type_key and matches.place = 1
    {{ hris_lifecycle_joins('categories', 'timeoff_categories', 'timeoff_type_id') }}

),

-- A request names its category by name only. A name in use by one category stands for it; a name
-- that several use, or none any more but several once, stands for none.
final as (

    select
        labelled.*,
        row_number() over (
            partition by labelled.account, labelled.name
            order by case when labelled.is_deleted then 1 else 0 end, labelled.timeoff_type_id
        ) = 1
        and count(*) over (
            partition by labelled.account, labelled.name, labelled.is_deleted
        ) = 1 as is_named_uniquely
    from labelled

)

select * from final

with kinds as (

    select * from {{ ref('stage_kinds') }}

),

final as (

    select
        reporting_stage,
        min(reporting_stage_position) as reporting_stage_position,
        bool_or(is_terminal) as is_terminal
    from kinds
    group by reporting_stage

)

select * from final

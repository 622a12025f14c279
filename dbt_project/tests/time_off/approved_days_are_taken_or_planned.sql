-- Every approved day is past or to come, and no other is. Without a sync there is no today, and
-- nothing says which.
with days as (

    select * from {{ ref('time_off_days') }}

),

clock as (

    select {{ today() }} as today

)

select days.*
from days
cross join clock
where
    (days.status = 'approved' and clock.today is not null) <> (days.timing is not null)
    or days.status is null

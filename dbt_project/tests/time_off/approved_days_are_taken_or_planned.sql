-- Every approved day is past or to come, and no other is. Without a sync there is no today, and
-- nothing says which.
select days.*
from {{ ref('time_off_days') }} as days
cross join (select {{ today() }} as today) as clock
where
    (days.status = 'approved' and clock.today is not null) <> (days.timing is not null)
    or days.status is null

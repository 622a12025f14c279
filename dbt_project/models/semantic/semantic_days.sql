-- Two years past today, for what is planned. Without a sync there is no today, and no day.
select
    {{ each_day("cast('2000-01-01' as date)", add_months(month_of(today()), 24)) }} as date

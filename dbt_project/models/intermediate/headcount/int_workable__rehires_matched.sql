with employments as (

    select * from {{ ref('int_workable__employments_judged') }}

),

addresses as (

    select
        account,
        employee_key,
        email,
        start_date,
        leave_date,
        lag(employee_key) over by_email as earlier_employee_key,
        lag(leave_date) over by_email as earlier_leave_date,
        max(coalesce(leave_date, cast('9999-12-31' as date))) over (
            partition by account, email
            order by start_date, employee_key
            rows between unbounded preceding and 1 preceding
        ) as employed_until
    from employments
    where uncounted_reason is null and email is not null
    window by_email as (partition by account, email order by start_date, employee_key)

),

-- Two records of one e-mail that are employed at the same time are two people who share it.
shared as (

    select
        account,
        email
    from addresses
    where employed_until > start_date
    group by account, email

),

final as (

    select
        addresses.account,
        addresses.employee_key,
        case when shared.email is null then addresses.earlier_employee_key end
            as previous_employee_key,
        case when shared.email is null then 'email' else 'ambiguous' end as rehire_basis
    from addresses
    left join shared
        on addresses.account = shared.account and addresses.email = shared.email
    where
        addresses.earlier_employee_key is not null
        and (addresses.earlier_leave_date < addresses.start_date or shared.email is not null)

)

select * from final

"""Employees: the list, the detail and the definitions of fields. API pages: employees, employeesid.

The list and the detail use different words for the same facts on purpose (``department_id`` and
``department``, ``state`` and ``status``), so they are two models and two tables.
"""

from __future__ import annotations

from typing import ClassVar

from workable_elt.api.wire.base import Wire
from workable_elt.api.wire.types import (
    Flag,
    Id,
    Instant,
    JsonAny,
    JsonList,
    LocalDate,
    Reference,
    Text,
    Whole,
    column,
)


class Employee(Wire):
    """A row of ``GET /employees``."""

    about_person: ClassVar[bool] = True

    id: Id = column("Employee id, hexadecimal.", required=True)
    firstname: Text = column("First name.", personal=True)
    lastname: Text = column("Last name.", personal=True)
    email: Text = column("Private e-mail address; not unique.", personal=True)
    start_date: LocalDate = column("First day, as sent: the first ten characters are the date.")
    state: Text = column("published, draft or inactive.")
    employee_number: Text = column("Employee number, text.", personal=True)
    avatar: Text = column("Signed URL of the portrait.", personal=True, expires=True)
    phone: Text = column("Phone number.", personal=True)
    job_title: Text = column("Job title; may have trailing blanks.")
    manager_id: Reference = column("Manager's employee id.")
    department_id: Reference = column("Department id.")
    template_id: Reference = column("Profile template.")
    division_id: Reference = column("Division.")
    candidate_id: Reference = column("Candidate who became this employee; null in practice.")
    legal_entity_id: Reference = column("Entity, location or site: UUID.")
    work_schedule_id: Reference = column("Work schedule id.")
    work_email: Text = column("Work e-mail address.", personal=True)
    preferred_name: Text = column("Preferred name.", personal=True)
    onboarding_member_id: Reference = column("Member who runs the onboarding.")
    sample: Flag = column("Whether it is Workable's demo data.")
    holiday_calendar_id: Text = column("Internal number of the holiday calendar, as text.")
    avatar_processed: Flag = column("Whether the portrait was processed.", expires=True)
    status_semantic_type: Text = column("status_active, status_draft or status_inactive.")
    reporting_line: JsonList = column("Internal numbers of the managers, nearest first.")
    birthdate: LocalDate = column("Date of birth.", personal=True)
    address: JsonAny = column("Address, where the list has one.", personal=True)
    roles: JsonAny = column("Roles, where the list has them.")


class EmployeeDetail(Wire):
    """The answer of ``GET /employees/:id``: a vocabulary of its own, unset fields absent."""

    about_person: ClassVar[bool] = True

    id: Id = column("Employee id, hexadecimal.", required=True)
    firstname: Text = column("First name.", personal=True)
    middle_name: Text = column("Middle name.", personal=True)
    lastname: Text = column("Last name.", personal=True)
    preferred_name: Text = column("Preferred name.", personal=True)
    employee_number: Text = column("Employee number.", personal=True)
    status: JsonAny = column("Choice: status_active, status_draft, status_inactive or custom.")
    country: JsonAny = column("Country: display, value (ISO 3166 alpha-2).")
    nationality: JsonAny = column("Nationality: display, value.", personal=True)
    address: JsonAny = column("Address.", personal=True)
    gender: JsonAny = column("Choice of gender.", personal=True)
    birthdate: LocalDate = column("Date of birth.", personal=True)
    birth_place: JsonAny = column("Place of birth.", alias="birthPlace", personal=True)
    marital_status_group: JsonAny = column("Marital status.", personal=True)
    phone_group: JsonList = column("Phones.", personal=True)
    chat_group: JsonList = column("Chat names.", personal=True)
    work_email: Text = column("Work e-mail address.", personal=True)
    personal_email: JsonAny = column("Private e-mail addresses, rows.", personal=True)
    social_group: JsonList = column("Social profiles.", personal=True)
    allergies: JsonAny = column("Allergies.", personal=True)
    dietary_restrictions: JsonAny = column("Dietary restrictions.", personal=True)
    garment_size_group: JsonAny = column("Garment sizes.", personal=True)
    job_title: Text = column("Job title.")
    hire_date: LocalDate = column("Hire date, as sent.")
    start_date: LocalDate = column("First day, as sent.")
    legal_entity: Reference = column("Entity, location or site: UUID.")
    department: Reference = column("Department id.")
    division: JsonAny = column("Choice of division.")
    team: JsonAny = column("Choice of team.")
    reports_to: Reference = column("Manager's employee id.")
    direct_reports: JsonList = column("Direct reports: id, name, job_title.", personal=True)
    notice_period: JsonAny = column("Notice period, days.")
    probation_group: JsonList = column("Probation, rows.", personal=True)
    employment_group: JsonList = column("Contract details, rows.")
    work_schedule: Reference = column("Work schedule id.")
    salary_group: JsonList = column("Pay, rows.", personal=True)
    commission_group: JsonList = column("Commission, rows.", personal=True)
    bonus_group: JsonList = column("Bonus, rows.", personal=True)
    stock_options_group: JsonList = column("Equity, rows.", personal=True)
    assets_group: JsonList = column("Assets handed out, rows.", personal=True)
    credit_card_group: JsonAny = column("Company cards.", personal=True)
    bank_details_group: JsonAny = column("Bank details.", personal=True)
    social_security_number_group: JsonAny = column("Social security number.", personal=True)
    national_identification_number_group: JsonAny = column("National id.", personal=True)
    tax_identification_number_group: JsonAny = column("Tax id.", personal=True)
    social_insurance_number_group: JsonAny = column("Social insurance number.", personal=True)
    citizenship: JsonAny = column("Citizenships.", personal=True)
    passport_group: JsonAny = column("Passports.", personal=True)
    visa_group: JsonAny = column("Visas.", personal=True)
    driver_license_group: JsonAny = column("Driving licences.", personal=True)
    education_group: JsonList = column("Education, rows.", personal=True)
    work_experience_group: JsonList = column("Work experience, rows.", personal=True)
    skills: JsonAny = column("Skills.", personal=True)
    language: JsonAny = column("Languages.", personal=True)
    resume: JsonAny = column("Résumé: a signed URL.", personal=True, expires=True)
    contact_group: JsonAny = column("Emergency contacts and dependants.", personal=True)


class EmployeeField(Wire):
    """An entry of ``GET /employee_fields``: the definition of a profile field."""

    id: Id = column("Slug of a built-in field, hexadecimal id of a custom one.", required=True)
    label: Text = column("Label.")
    hint: Text = column("Hint.")
    type: Text = column("Type, for example text, composite, payRate.")
    approvable_by: Text = column("Who approves a change.")
    editable_by: Text = column("Who may edit.")
    viewable_by: Text = column("Who may see; `all` means everybody.")
    editable_by_new: Whole = column("Who may edit, bit mask.")
    viewable_by_new: Whole = column("Who may see, bit mask.")
    editable_by_roles: JsonList = column("Roles that may edit.")
    viewable_by_roles: JsonList = column("Roles that may see.")
    keep_history: Flag = column("Whether older values are kept.")
    is_multiple: Flag = column("Whether it has several rows.")
    autogenerate: Flag = column("Whether the value is generated.")
    date_format: Text = column("fullDate or monthYear.")
    choices: JsonList = column("Choices: id, label, position.")
    subfields: JsonList = column("Subfields of a composite field.")


class EmployeeDocument(Wire):
    """A row of ``GET /employees/:id/documents``; some kinds have no id."""

    about_person: ClassVar[bool] = True

    document_key: Id = column("The id, else `type:filename:ordinal`.", personal=True, required=True)
    id: Reference = column("Document id, where it has one.")
    filename: Text = column("Display name.", personal=True)
    filepath: Text = column("Signed URL.", personal=True, expires=True)
    type: Text = column("Kind of document.")
    filesize: Whole = column("Size, bytes.")
    created_by: Text = column("Who uploaded it, a name.", personal=True)
    created_at: Instant = column("When it was uploaded, UTC.")
    updated_at: Instant = column("When it was last changed, UTC.")


class WorkSchedule(Wire):
    """An entry of ``GET /work_schedules``."""

    id: Id = column("Work schedule id, hexadecimal.", required=True)
    name: Text = column("Name.")
    status: Text = column("Status.")
    work_days: JsonList = column("Working days with hours and intervals.")
    week_starts_on: Text = column("First day of the week.")
    work_hours: Text = column("Hours a week, as sent.")
    sample: Flag = column("Whether it is Workable's demo data.")


class TimeEntry(Wire):
    """A row of ``GET /time-tracking/time-entries``; its key is ``uuid``."""

    about_person: ClassVar[bool] = True

    uuid: Id = column("UUID.", required=True)
    employee_id: Reference = column("Employee id.")
    type: Text = column("Kind, for example time-entry, clock-out.")
    clock_in_time: Instant = column("Clock in, UTC.")
    clock_out_time: Instant = column("Clock out, UTC; null while running.")
    worked_minutes: Whole = column("Minutes worked.")
    is_active: Flag = column("Whether the clock is running.")
    note: Text = column("Note.", personal=True)
    timezone: Text = column("IANA time zone.")

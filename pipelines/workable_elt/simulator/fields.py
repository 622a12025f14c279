"""The profile fields of Workable HR: 55 built-in ones, and this company's custom ones.

Ids, types, flags, choices (with the vendor's own spelling errors) are those of hris.md, section 3.
"""

from __future__ import annotations

from workable_elt.simulator.records import EmployeeField, FieldChoice, SubField

TERMINATION_DATE = "Termination date"
TERMINATION_REASON = "Termination reason"
TERMINATION_LABELS = frozenset({TERMINATION_DATE, TERMINATION_REASON})
"""Labels of the custom fields that an account may keep a leaver's facts in."""

ADMIN_ONLY = frozenset(
    [
        "birthdate",
        "allergies",
        "dietary_restrictions",
        "salary_group",
        "commission_group",
        "bonus_group",
        "stock_options_group",
        "assets_group",
        "credit_card_group",
        "bank_details_group",
        "notice_period",
        "social_security_number_group",
        "national_identification_number_group",
        "tax_identification_number_group",
        "social_insurance_number_group",
        "nationality",
        "birthPlace",
        "citizenship",
        "passport_group",
        "visa_group",
        "driver_license_group",
        "contact_group",
        "marital_status_group",
        "gender",
        "personal_email",
        "address",
        "probation_group",
        "employment_group",
        "resume",
    ]
)
"""Built-in fields that a colleague without HR rights does not see."""


def _choices(prefix: str, words: str) -> tuple[FieldChoice, ...]:
    """Choices whose ids are a prefix and a word, and whose labels are the words."""
    return tuple(
        FieldChoice(f"{prefix}_{word}", word.replace("_", " ").capitalize())
        for word in words.split()
    )


_CHOICES: dict[str, tuple[FieldChoice, ...]] = {
    "status": _choices("status", "active draft inactive"),
    "gender": _choices("gender", "male female non_binary"),
    "marital_status": _choices("marital_status", "single married common_law domestic_partnership"),
    "phone_type": _choices("phone_type", "work mobile home other"),
    "chat_type": _choices("chat_type", "slack teams skype discord telegram other"),
    "social_type": _choices("social_type", "facebook twitter linkedin"),
    "employment_status": _choices("employement_type", "contractor full_time part_time"),
    "employment_work_place": _choices("employment_work_place", "onsite remote hybrid"),
    "salary_pay_type": _choices("salary_pay_type", "salary hourly commission_only"),
    "salary_pay_schedule": _choices(
        "salary_pay_schedule", "monthly every_15_days annually weekly daily"
    ),
    "salary_overtime_status": _choices("salary_overtime_status", "exempt non_exempt"),
    "salary_justification": _choices(
        "salary_justification", "new_hire adjustment new_role promotion other"
    ),
    "commission_pay_schedule": _choices("commission_pay_schedule", "montly quarterly annually"),
    "bonus_pay_schedule": _choices("bonus_pay_schedule", "one_time monthly quarterly annually"),
    "contact_relationship": _choices(
        "contact_relationship_type",
        "spouse partner child parent sibling grandparent relative friend neighbour colleague other",
    ),
}

# One built-in field a line: id, type, flags (M multiple, H keeps history), then its subfields as
# id:type. Order is the API's.
_BUILT_IN = """
firstname text
middle_name text
lastname text
preferred_name text
employee_number text
status dropdown H
country country H
address location H
gender dropdown
marital_status_group composite H marital_status:dropdown marital_status_certificate:file
birthdate date
phone_group composite MH phone_type:dropdown phone:phone phone_ext:numeric
chat_group composite MH chat_type:dropdown chat_username:text
work_email email
personal_email email MH
social_group composite MH social_type:dropdown social_url:text
allergies text M
dietary_restrictions text M
garment_size_group composite M garment_size_type:text garment_size:text
job_title text H
hire_date date
start_date date H
legal_entity legalEntity H
department department H
division dropdown H
team dropdown H
reports_to employee H
direct_reports directReports
notice_period numeric
probation_group composite MH probation_start_date:date probation_end_date:date probation_note:text
employment_group composite MH employment_effective_date:date employment_status:dropdown employment_work_place:dropdown employment_expiry_date:date employment_note:text
work_schedule workSchedule
salary_group composite MH salary_effective_date:date salary_pay_type:dropdown salary_pay_rate:payRate salary_pay_schedule:dropdown salary_overtime_status:dropdown salary_justification:dropdown salary_note:text
commission_group composite MH commission_percentage:percentage commission_tier:numeric commission_effective_date:date commission_pay_schedule:dropdown commission_reason:text commission_note:text
bonus_group composite MH bonus_amount:currency bonus_salary_percentage:percentage bonus_effective_date:date bonus_pay_schedule:dropdown bonus_reason:text bonus_note:text
stock_options_group composite MH stock_options_price:currency stock_options_grant_date:date stock_options_vesting_date:date stock_options_plan:text stock_options_note:text
assets_group composite MH assets_name:text assets_grant_date:date assets_expiry_date:date assets_note:text
credit_card_group composite MH credit_card_number:text credit_card_type:text credit_card_expiration_date:date credit_card_cardholder:text credit_card_grant_date:date credit_card_note:text
bank_details_group composite H bank_details_bank_name:text bank_details_iban:text bank_details_account_number:text bank_details_bic:text bank_details_transit_number:text bank_details_bank_state_branch:text bank_details_routing_number:text bank_details_sort_code:text
social_security_number_group composite H social_security_number_number:text social_security_number_issue_date:date social_security_number_file:file
national_identification_number_group composite H national_identification_number_number:text national_identification_number_issue_date:date national_identification_number_file:file
tax_identification_number_group composite H tax_identification_number_number:text tax_identification_number_issue_date:date tax_identification_number_file:file
social_insurance_number_group composite MH social_insurance_number_number:text social_insurance_number_issue_date:date social_insurance_number_file:file social_insurance_number_insurance_carrier:text
nationality country
birthPlace location
citizenship country M
passport_group composite MH passport_country:country passport_number:text passport_issue_date:date passport_expiration_date:date passport_attachment:file
visa_group composite MH visa_country:country visa_type:text visa_number:text visa_issue_date:date visa_expiration_date:date visa_attachment:file
driver_license_group composite M driver_license_country:country driver_license_state:text driver_license_number:text driver_license_class:text driver_license_issue_date:date driver_license_expiration_date:date driver_license_attachment:file
education_group composite M education_start_date:date education_end_date:date education_degree:text education_field_of_study:text education_school:text
work_experience_group composite M work_experience_start_date:date work_experience_end_date:date work_experience_job_title:text work_experience_company:text work_experience_summary:paragraph work_experience_present:boolean
skills text M
language text M
resume file
contact_group composite M contact_name:text contact_relationship:dropdown contact_phone:phone contact_email:email contact_country:country contact_address:location
"""

_LABELS = {
    "employment_group": "Contract details",
    "salary_group": "Compensation",
    "contact_group": "Emergency contacts and dependants",
    "reports_to": "Reports to",
    "birthPlace": "Place of birth",
}


def _label(field_id: str) -> str:
    named = _LABELS.get(field_id)
    return named or field_id.removesuffix("_group").replace("_", " ").capitalize()


def _date_format(field_id: str, kind: str) -> str | None:
    if kind != "date":
        return None
    months = field_id.startswith(("education_", "work_experience_"))
    return "monthYear" if months else "fullDate"


def _subfield(spec: str) -> SubField:
    field_id, kind = spec.split(":")
    return SubField(
        id=field_id,
        label=_label(field_id),
        type=kind,
        choices=_CHOICES.get(field_id, ()),
        date_format=_date_format(field_id, kind),
    )


def _built_in(line: str) -> EmployeeField:
    field_id, kind, *rest = line.split()
    flags = rest[0] if rest and ":" not in rest[0] else ""
    return EmployeeField(
        id=field_id,
        label=_label(field_id),
        type=kind,
        is_multiple="M" in flags,
        keeps_history="H" in flags,
        choices=_CHOICES.get(field_id, ()),
        subfields=tuple(_subfield(part) for part in rest if ":" in part),
        viewable_by="admin_or_employee" if field_id in ADMIN_ONLY else "all",
        editable_by="admin" if kind != "text" else "admin_or_employee",
        date_format=_date_format(field_id, kind),
    )


BUILT_IN_FIELDS: tuple[EmployeeField, ...] = tuple(
    _built_in(line) for line in _BUILT_IN.strip().splitlines()
)

"""What the account is set up with: departments, entities, pipelines, reasons, fields, categories."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.fields import BUILT_IN_FIELDS, TERMINATION_DATE, TERMINATION_REASON
from workable_elt.simulator.making.script import Script, spi_key

# Name of a department, its parent, its weight among the staff, and the titles of its people.
DEPARTMENTS: tuple[tuple[str, str | None, int, tuple[str, ...]], ...] = (
    ("Engineering", None, 2, ("Engineering Manager", "Principal Engineer")),
    ("Platform", "Engineering", 3, ("Site Reliability Engineer", "Platform Engineer")),
    ("Data & Analytics", "Platform", 6, ("Data Engineer", "Analytics Engineer", "Data Scientist")),
    ("Infrastructure", "Platform", 5, ("Cloud Engineer", "Network Engineer", "DBA")),
    ("Product Engineering", "Engineering", 6, ("Software Engineer", "Senior Software Engineer")),
    ("Mobile", "Product Engineering", 6, ("iOS Developer", "Android Developer ")),
    ("Web", "Product Engineering", 9, ("Frontend Developer", "Full-stack Developer")),
    ("Quality", "Engineering", 5, ("QA Engineer", "Test Automation Engineer")),
    ("Product", None, 3, ("Product Manager", "Product Owner")),
    ("Design", "Product", 4, ("Product Designer", "UX Researcher")),
    ("Commercial", None, 2, ("Commercial Director", "Sales Operations Analyst")),
    ("Sales", "Commercial", 4, ("Account Executive", "Sales Engineer")),
    ("Sales EMEA", "Sales", 8, ("Account Executive", "Account Manager ", "SDR")),
    ("Sales Americas", "Sales", 8, ("Account Executive", "Account Manager", "SDR")),
    ("Marketing", "Commercial", 6, ("Content Marketer", "Growth Manager", "Événements")),
    ("Customer Success", "Commercial", 6, ("Customer Success Manager", "Onboarding Specialist")),
    ("Support", "Customer Success", 7, ("Support Specialist", "Support Team Lead")),
    ("Operations", None, 2, ("Operations Manager", "Office Manager")),
    ("Finance", "Operations", 4, ("Accountant", "FP&A Analyst", "Payroll Specialist")),
    ("Legal", "Operations", 2, ("Legal Counsel", "Paralegal")),
    ("People", "Operations", 3, ("HR Business Partner", "People Operations Specialist")),
    ("Talent Acquisition", "People", 4, ("Recruiter", "Senior Recruiter", "Sourcer")),
)

_ENTITIES = (
    ("Northlight Robotics Ltd", "", "entity", None, None),
    ("London", None, "location", "Northlight Robotics Ltd", "Europe/London"),
    ("Shoreditch Works", None, "site", "London", "Europe/London"),
    ("Dublin", None, "location", "Northlight Robotics Ltd", "Europe/Dublin"),
    ("Northlight Hellas A.E.", "", "entity", None, None),
    ("Αθήνα", None, "location", "Northlight Hellas A.E.", "Europe/Athens"),
    ("Marousi Campus", None, "site", "Αθήνα", "Europe/Athens"),
    ("Northlight Inc.", "", "entity", None, None),
    ("Boston", None, "location", "Northlight Inc.", "America/New_York"),
    ("Austin", None, "location", "Northlight Inc.", "America/Chicago"),
    ("Remote US", None, "location", "Northlight Inc.", "America/New_York"),
    ("Northlight Japan 合同会社", "", "entity", None, None),
    ("東京", None, "location", "Northlight Japan 合同会社", "Asia/Tokyo"),
)

_REASONS = (
    ("Not enough experience", False),
    ("Skills do not match", False),
    ("Overqualified", False),
    ("Location or work permit", False),
    ("Salary expectations too high", False),
    ("Failed assessment", False),
    ("Poor interview", False),
    ("Not a team fit", False),
    ("Hired somebody else", False),
    ("Position closed", False),
    ("Incomplete application", False),
    ("Accepted another offer", True),
    ("Declined our offer", True),
    ("No longer interested", True),
    ("Candidate is unresponsive", True),
)

# Pipelines: (name, slug, kind) by position. `technical` has a custom slug and two stages of one name.
_PIPELINES = {
    "default": (
        ("Sourced", "sourced", "sourced"),
        ("Applied", "applied", "applied"),
        ("Phone Screen", "phone-screen", "phone-screen"),
        ("Assessment", "assessment", "assessment"),
        ("Interview", "interview", "interview"),
        ("Offer", "offer", "offer"),
        ("Hired", "hired", "hired"),
    ),
    "technical": (
        ("Sourced", "sourced", "sourced"),
        ("Applied", "applied", "applied"),
        ("CV review", "cv-review", "shortlisted"),
        ("Technical test", "technical-test", "assessment"),
        ("Interview", "interview", "interview"),
        ("Interview", "interview-2", "interview"),
        ("Final round – C-level", "final-round-c-level", "interview"),
        ("Offer", "offer", "offer"),
        ("Hired", "hired", "hired"),
    ),
    "express": (
        ("Sourced", "sourced", "sourced"),
        ("Applied", "applied", "applied"),
        ("Συνέντευξη", "synentefxi", "interview"),
        ("Offer", "offer", "offer"),
        ("Hired", "hired", "hired"),
    ),
}

_CATEGORIES = (
    ("Paid time off", True, "Annual leave"),
    ("Sick leave", True, None),
    ("Parental leave ", True, "Maternity and paternity"),
    ("Unpaid leave", False, None),
    ("Άδεια σπουδών", True, "Study leave"),
    ("Volunteering", True, None),
    ("Volunteering", False, "An old category of the same name"),
)

TERMINATION_CHOICES = (
    "Resignation",
    "Dismissal",
    "Redundancy",
    "End of contract",
    "Retirement",
    "Mutual agreement",
)
DIVISIONS = ("Core", "New Business", "Shared Services")
TEAMS = ("Blue", "Green", "Orange", "Κόκκινη")


@dataclass(slots=True)
class Catalog:
    """The account's definitions, by name where stories need them by name."""

    departments: dict[str, r.Department] = field(default_factory=dict)
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    entities: dict[str, r.LegalEntity] = field(default_factory=dict)
    schedules: list[r.WorkSchedule] = field(default_factory=list)
    reasons: list[r.DisqualificationReason] = field(default_factory=list)
    pipelines: dict[str, tuple[r.Stage, ...]] = field(default_factory=dict)
    attributes: list[r.CustomAttribute] = field(default_factory=list)
    categories: list[r.TimeoffCategory] = field(default_factory=list)
    custom_fields: dict[str, r.EmployeeField] = field(default_factory=dict)
    """Custom profile fields by label."""
    divisions: tuple[r.FieldChoice, ...] = ()
    teams: tuple[r.FieldChoice, ...] = ()


def set_up(script: Script, *, sample_rows: bool) -> Catalog:
    """Write the account's definitions down, at its beginning."""
    catalog = Catalog()
    _departments(script, catalog, sample_rows=sample_rows)
    _entities(script, catalog)
    _schedules(script, catalog)
    _hiring_lists(script, catalog)
    _attributes(script, catalog)
    _fields(script, catalog)
    _categories(script, catalog)
    return catalog


def _departments(script: Script, catalog: Catalog, *, sample_rows: bool) -> None:
    began = script.log.began_at
    for name, parent, weight, titles in DEPARTMENTS:
        number = script.number("department")
        department = r.Department(
            number, spi_key(number), name, catalog.departments[parent].id if parent else None
        )
        catalog.departments[name] = department
        catalog.titles[name] = titles
        catalog.weights[name] = weight
        script.add(ev.DepartmentCreated(began, None, department))
    if sample_rows:
        number = script.number("department")
        sample = r.Department(number, spi_key(number), "Sample department", None, is_sample=True)
        script.add(ev.DepartmentCreated(began, None, sample))


def _entities(script: Script, catalog: Catalog) -> None:
    for name, legal_name, kind, parent, zone in _ENTITIES:
        entity = r.LegalEntity(
            id=script.uuid(),
            name=name,
            legal_name=legal_name,
            type=kind,
            parent_id=catalog.entities[parent].id if parent else None,
            timezone=zone,
            has_geofencing=kind == "site",
        )
        catalog.entities[name] = entity
        script.add(ev.LegalEntityAdded(script.log.began_at, None, entity))


def _work_days(names: str, hours: str, *intervals: tuple[str, str]) -> tuple[r.WorkDay, ...]:
    return tuple(
        r.WorkDay(name, Decimal(hours), "00:30", intervals, (("12:30", "13:00"),))
        for name in names.split()
    )


def _schedules(script: Script, catalog: Catalog) -> None:
    week = "monday tuesday wednesday thursday friday"
    for name, days in (
        ("Standard 40", _work_days(week, "8.00", ("09:00", "12:30"), ("13:00", "17:30"))),
        ("Part-time mornings", _work_days(week, "4.00", ("09:00", "13:00"))),
        (
            "Four days",
            _work_days("monday tuesday wednesday thursday", "9.50", ("08:00", "18:00")),
        ),
        ("Sunday to Thursday", _work_days("sunday " + week[:-7], "8.00", ("09:00", "17:30"))),
    ):
        number = script.number("schedule")
        schedule = r.WorkSchedule(number, spi_key(number), name, days)
        catalog.schedules.append(schedule)
        script.add(ev.WorkScheduleAdded(script.log.began_at, None, schedule))


def _hiring_lists(script: Script, catalog: Catalog) -> None:
    began = script.log.began_at
    for position, (text, is_withdrawal) in enumerate(_REASONS, start=1):
        number = script.number("reason")
        reason = r.DisqualificationReason(number, f"{number:x}", text, is_withdrawal, position)
        catalog.reasons.append(reason)
        script.add(ev.ReasonAdded(began, None, reason))
    for name, rows in _PIPELINES.items():
        stages = tuple(
            r.Stage(script.number("stage"), label, slug, kind, position, name)
            for position, (label, slug, kind) in enumerate(rows, start=1)
        )
        catalog.pipelines[name] = stages
        script.add(ev.PipelineAdded(began, None, name, stages))
    sets = r.PermissionSet(
        "9e001", "people_partner", {"en": "People partner"}, {"en": "Reads HR of own departments"}
    )
    script.add(ev.PermissionSetAdded(began, None, sets))


def _attributes(script: Script, catalog: Catalog) -> None:
    kinds: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("Notice period (weeks)", "numeric", ()),
        ("Willing to relocate", "boolean", ()),
        ("Seniority", "dropdown", ("Junior", "Medior", "Senior", "Staff")),
        ("Available from", "date", ()),
        ("Referral note", "free_text", ()),
    )
    for label, kind, choices in kinds:
        number = script.number("attribute")
        attribute = r.CustomAttribute(
            id=f"{number:x}",
            type=kind,
            label=label,
            is_single_answer=True if choices else None,
            choices=tuple(r.Choice(f"{script.number('choice'):x}", body) for body in choices),
        )
        catalog.attributes.append(attribute)
        script.add(ev.CustomAttributeAdded(script.log.began_at, None, attribute))


def _new_choices(script: Script, labels: tuple[str, ...]) -> tuple[r.FieldChoice, ...]:
    return tuple(r.FieldChoice(f"{script.number('field_choice'):x}", label) for label in labels)


def _custom_field(
    script: Script, label: str, kind: str, viewable_by: str, choices: tuple[str, ...] = ()
) -> r.EmployeeField:
    return r.EmployeeField(
        id=spi_key(script.number("field")),
        label=label,
        type=kind,
        is_custom=True,
        viewable_by=viewable_by,
        choices=_new_choices(script, choices),
        date_format="fullDate" if kind == "date" else None,
    )


def _fields(script: Script, catalog: Catalog) -> None:
    catalog.divisions = _new_choices(script, DIVISIONS)
    catalog.teams = _new_choices(script, TEAMS)
    account_choices = {"division": catalog.divisions, "team": catalog.teams}
    began = script.log.began_at
    for built_in in BUILT_IN_FIELDS:
        choices = account_choices.get(built_in.id, built_in.choices)
        added = r.EmployeeField(
            **{name: getattr(built_in, name) for name in built_in.__slots__} | {"choices": choices}
        )
        script.add(ev.FieldAdded(began, None, added))
    custom = (
        _custom_field(script, TERMINATION_DATE, "date", "all"),
        _custom_field(script, TERMINATION_REASON, "dropdown", "all", TERMINATION_CHOICES),
        _custom_field(script, "T-shirt", "dropdown", "all", ("S", "M", "L", "XL")),
        _custom_field(script, "Cost centre", "text", "all"),
        _custom_field(script, "Disciplinary note", "paragraph", "admin"),
        _equipment_field(script),
    )
    for added in custom:
        catalog.custom_fields[added.label] = added
        script.add(ev.FieldAdded(began, None, added))


def _equipment_field(script: Script) -> r.EmployeeField:
    """A custom composite with several rows: its subfields have hexadecimal ids too."""
    parts = (("Device", "text"), ("Serial number", "text"), ("Handed out", "date"))
    return r.EmployeeField(
        id=spi_key(script.number("field")),
        label="Equipment",
        type="composite",
        is_multiple=True,
        is_custom=True,
        subfields=tuple(
            r.SubField(spi_key(script.number("field")), label, kind) for label, kind in parts
        ),
    )


def _categories(script: Script, catalog: Catalog) -> None:
    for name, is_paid, description in _CATEGORIES:
        number = script.number("category")
        category = r.TimeoffCategory(number, spi_key(number), name, is_paid, description)
        catalog.categories.append(category)
        script.add(ev.TimeoffCategoryAdded(script.log.began_at, None, category))

"""An account as Workable answers about it: shapes and key sets as recorded, all values invented.

Written from the API notes alone and not from our simulator, so that a misreading which simulator
and client share is caught here. Every table is small enough to be expected by hand.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Row = dict[str, Any]

SUBDOMAIN = "lumenferry"
NEW = {"brand_new_field": {"nested": [1, "two", None]}}
"""A key that no page documents; one is in every object."""


def make_account() -> dict[str, Any]:
    """Return path -> what the endpoint has: rows of a list, or one whole object."""
    parts = (_definitions(), _jobs(), _candidates(), _people(), _time_off())
    return deepcopy({path: found for part in parts for path, found in part.items()})


def _definitions() -> dict[str, Any]:
    return {
        "/departments": [
            {"id": "9c01", "name": "Dockside", "parent_id": "9c00", "sample": False, **NEW},
            {"id": "9c02", "name": "Night Watch", "parent_id": "9c01", "sample": False},
            {"id": "9c00", "name": "Operations", "parent_id": None, "sample": False},
        ],
        "/disqualification_reasons": [
            {"id": "a1", "description": "Not qualified", "candidate_withdrew": False,
             "position": 0},
            {"id": "a2", "description": "Took another job", "candidate_withdrew": True,
             "position": 1, **NEW},
        ],
        "/permission_sets": [],
        "/recruiters": [],
        "/custom_attributes": [],
        "/requisitions": [],
        "/members": [
            {"id": "1f0001", "name": "Ada Root", "headline": None, "email": "ada@lumen.example",
             "role": "admin", "type": "Member", "hris_role": "hris_no_access",
             "roles": ["ats.admin", "hris.no_access"], "active": True,
             "collaboration_rules": [], "hris_member_scope": None},
            {"id": "1f0002", "name": "Sol Super", "headline": "Owner",
             "email": "sol@lumen.example", "role": "admin", "type": "Member",
             "hris_role": "hris_admin", "roles": ["workable.superadmin"], "active": True,
             "collaboration_rules": [], "hris_member_scope": None, **NEW},
            {"id": "1f0003", "name": "Rev Iewer", "headline": None,
             "email": "rev@lumen.example", "role": "reviewer", "type": "Member",
             "hris_role": "hris_employee", "roles": ["ats.reviewer", "hris.employee"],
             "active": True, "hris_member_scope": None,
             "collaboration_rules": [{"role": "reviewer", "departments": [], "locations": []}]},
        ],
        "/legal_entities": [
            {"id": "0b4c0000-0000-4000-8000-000000000001", "name": "Lumen Ferry Ltd",
             "legal_name": "", "type": "entity", "parent_id": None,
             "display_name": "Lumen Ferry Ltd", "sample": False, "timezone": None,
             "geofencing_settings": None},
            {"id": "0b4c0000-0000-4000-8000-000000000002", "name": "Cork", "legal_name": None,
             "type": "location", "parent_id": "0b4c0000-0000-4000-8000-000000000001",
             "display_name": "Lumen Ferry Ltd | Cork", "sample": False,
             "timezone": "Europe/Dublin", "geofencing_settings": None, **NEW},
            {"id": "0b4c0000-0000-4000-8000-000000000003", "name": "Pier 4",
             "legal_name": None, "type": "site",
             "parent_id": "0b4c0000-0000-4000-8000-000000000002",
             "display_name": "Lumen Ferry Ltd | Cork | Pier 4", "sample": False,
             "timezone": "Europe/Dublin", "geofencing_settings": {}},
        ],
    }  # fmt: skip


# ── jobs ───────────────────────────────────────────────────────────────────────────────────────


def _stage(number: int, slug: str, name: str, kind: str, position: int) -> Row:
    return {"id": number, "identifier": f"{number:x}", "slug": slug, "name": name, "kind": kind,
            "position": position}  # fmt: skip


PIPELINE = [
    _stage(5272201, "sourced", "Sourced", "sourced", 1),
    _stage(5272202, "applied", "Applied", "applied", 2),
    _stage(5272203, "phone-screen", "Phone Screen", "phone-screen", 3),
    _stage(5272204, "interview", "Interview", "interview", 4),
    _stage(5272205, "offer", "Offer", "offer", 5),
    _stage(5272206, "hired", "Hired", "hired", 6),
]
TWICE = [
    _stage(5272301, "applied-1", "Applied", "applied", 1),
    _stage(5272302, "chat", "Talk", "interview", 2),
    _stage(5272303, "panel", "Talk", "interview", 3),
]
"""A pipeline in which two stages share a name."""


def _job(shortcode: str, number: str, title: str, **more: Any) -> Row:
    return {
        "id": number, "title": title, "full_title": title, "shortcode": shortcode, "code": None,
        "state": "published", "sample": False, "confidential": False, "department": None,
        "department_hierarchy": [], "url": f"https://lumenferry.workable.com/jobs/{number}",
        "application_url": f"https://lumenferry.workable.com/jobs/{number}/candidates/new",
        "shortlink": f"https://apply.workable.com/j/{shortcode}", "workplace_type": "on_site",
        "location": {"location_str": "Cork, Ireland", "country": "Ireland", "country_code": "IE",
                     "region": "County Cork", "region_code": "CO", "city": "Cork",
                     "zip_code": None, "telecommuting": False, "workplace_type": "on_site"},
        "locations": [{"shortcode": "J0F3D21BB90", "country_code": "IE",
                       "country_name": "Ireland", "state_code": "CO", "subregion": "County Cork",
                       "zip_code": None, "city": "Cork", "coords": "51.9, -8.5",
                       "hidden": False}],
        "salary": {"salary_from": 31000, "salary_to": 34000.5, "salary_currency": "eur"},
        "created_at": "2026-02-11T00:00:00Z", "updated_at": "2026-07-01T09:12:44Z",
        "keywords": None, **NEW, **more,
    }  # fmt: skip


def _job_detail(row: Row) -> Row:
    detail = {key: value for key, value in row.items() if key != "sample"}
    detail["location"] = {k: v for k, v in row["location"].items() if k != "location_str"}
    return detail | {
        "full_description": "<p>Row.</p>", "description": "<p>Row.</p>", "requirements": "<ul/>",
        "benefits": None, "employment_type": "Full-time", "industry": None, "function": "Other",
        "experience": None, "education": None,
    }  # fmt: skip


NIGHT, PANEL, DRAFT = "4D1B0A77C2", "5E2C1B88D3", "1234567890"


def _jobs() -> dict[str, Any]:
    hierarchy = [{"id": "9c00", "name": "Operations"}, {"id": "9c01", "name": "Dockside"}]
    jobs = [
        _job(NIGHT, "5c01fe", "Night Porter", code="OPS-7", full_title="Night Porter - OPS-7",
             department="Dockside", department_hierarchy=hierarchy),
        _job(PANEL, "5c01ff", "Deckhand", state="closed", workplace_type="hybrid"),
        _job(DRAFT, "500200", "Purser", state="draft", locations=[], salary={
            "salary_from": None, "salary_to": None, "salary_currency": None}),
    ]  # fmt: skip
    paths: dict[str, Any] = {"/jobs": jobs, "/stages": PIPELINE}
    for job in jobs:
        root = f"/jobs/{job['shortcode']}"
        paths[root] = _job_detail(job)
        paths[f"{root}/stages"] = TWICE if job["shortcode"] == PANEL else PIPELINE
        paths[f"{root}/members"] = []
        paths[f"{root}/questions"] = []
        paths[f"{root}/application_form"] = {"form_fields": [], "questions": []}
    paths[f"/jobs/{NIGHT}/members"] = [
        {"id": "1f0003", "name": "Rev Iewer", "headline": None, "email": "rev@lumen.example",
         "role": "reviewer", "type": "Member", "collaboration_role": "hiring_manager"},
    ]  # fmt: skip
    paths[f"/jobs/{NIGHT}/application_form"] = {
        "form_fields": [
            {"key": "headline", "label": "Headline", "type": "string", "required": False,
             "max_length": 127},
            {"key": "education", "label": "Education", "type": "complex", "required": False,
             "multiple": True, "fields": [{"key": "school", "label": "School",
                                           "type": "string", "required": True}]},
            {"key": "resume", "label": "Resume", "type": "file", "required": True,
             "supported_file_types": ["pdf"], "max_file_size": 5242880, **NEW},
        ],
        "questions": [
            {"id": "7700", "body": "Can you swim?", "type": "boolean", "required": True},
            {"id": "7701", "body": "Which shifts?", "type": "multiple_choice", "required": False,
             "single_answer": False,
             "choices": [{"id": "88", "body": "Night"}, {"id": "89", "body": "Day"}]},
        ],
    }  # fmt: skip
    return paths


# ── candidates ─────────────────────────────────────────────────────────────────────────────────

ACCOUNT = {"subdomain": SUBDOMAIN, "name": "Lumen Ferry"}


def _candidate(number: str, first: str, last: str, shortcode: str, **more: Any) -> Row:
    titles = {NIGHT: "Night Porter", PANEL: "Deckhand"}
    return {
        "id": number, "name": f"{first} {last}", "firstname": first, "lastname": last,
        "headline": None, "account": ACCOUNT,
        "job": {"shortcode": shortcode, "title": titles[shortcode]},
        "stage": "Applied", "stage_kind": "applied", "disqualified": False, "anonymized": False,
        "disqualification_reason": None, "hired_at": None, "moved_to_offer_at": None,
        "sourced": False, "profile_url": f"https://lumenferry.workable.com/backend/{number}",
        "address": None, "phone": None, "email": f"{first.lower()}@mail.example",
        "domain": None, "outlet": None, "common_source": "Careers page",
        "common_source_category": "Company marketing",
        "created_at": "2026-05-01T08:00:00Z", "updated_at": "2026-06-01T08:00:00Z", **NEW, **more,
    }  # fmt: skip


def _candidate_detail(row: Row, **more: Any) -> Row:
    return row | {
        "image_url": None, "disqualified_at": None, "withdrew": False,
        "outbound_mailbox": "x@outbound.workable.example", "uploader_id": None,
        "cover_letter": None, "summary": None, "education_entries": [], "experience_entries": [],
        "skills": [], "answers": [], "resume_url": None, "tags": [],
        "location": {"location_str": None, "country": None, "country_code": None,
                     "region": None, "region_code": None, "city": None, "zip_code": None},
        "originating_candidate_id": None, **more,
    }  # fmt: skip


_RESUME = {
    "filename": "cv.pdf", "filetype": "pdf", "created_at": "2026-05-01T08:00:01Z",
    "updated_at": "2026-05-01T08:00:01Z",
}  # fmt: skip
_MEMBER = {"id": "1f0003", "name": "Rev Iewer", "type": "Member"}


def _activity(
    number: str, action: str, at: str, stages: tuple[str, str | None], pipeline: list[Row],
    **more: Any,
) -> Row:  # fmt: skip
    """A row of a candidate's stream: `stages` are the stage before and the target of a move."""
    named = {
        stage["slug"]: {key: stage[key] for key in ("id", "identifier", "name", "slug")}
        for stage in pipeline
    }
    before, target = stages
    return {
        "id": number, "action": action, "stage_name": named[before]["name"],
        "action_stage": named[before], "target_stage": named[target] if target else None,
        "created_at": at, "updated_at": at, "body": None, **more,
    }  # fmt: skip


def _in_job_stream(activity: Row, candidate: Row) -> Row:
    """The same activity as its job's stream tells it: the target of a move, nothing else."""
    target = activity["target_stage"]
    left_out = {"action_stage", "target_stage", "updated_at", "visibility_roles"}
    return {
        **{key: value for key, value in activity.items() if key not in left_out},
        "stage_name": target["name"] if target else None,
        "candidate": {"id": candidate["id"], "name": candidate["name"]},
    }


def _candidates() -> dict[str, Any]:
    ana = _candidate(
        "27270280",
        "Ana",
        "Ruiz",
        NIGHT,
        stage="Phone Screen",
        stage_kind="phone-screen",
        resume_metadata=_RESUME,
        domain="linkedin.com",
        common_source="linkedin.com",
        common_source_category="Job boards",
    )
    bo = _candidate(
        "2f41c0aa",
        "Bo",
        "Lind",
        NIGHT,
        stage="Hired",
        stage_kind="hired",
        hired_at="2026-06-20T12:00:00Z",
    )
    cy = _candidate(
        "2f41c0ab",
        "Cy",
        "Okoro",
        NIGHT,
        stage="Interview",
        stage_kind="interview",
        disqualified=True,
        disqualification_reason="Not qualified",
    )
    di = _candidate(
        "2f41c0ac",
        "Di",
        "Tran",
        NIGHT,
        stage="Phone Screen",
        stage_kind="phone-screen",
        disqualified=True,
        disqualification_reason="Took another job",
    )
    eli = _candidate(
        "2f41c0ad",
        "Eli",
        "Void",
        PANEL,
        stage="Talk",
        stage_kind="interview",
        email=None,
        sourced=True,
    )
    ana_too = _candidate(
        "2f41c0ae",
        "Ana",
        "Ruiz",
        PANEL,
        email=" ANA@mail.example",
        common_source_category="Something new",
    )
    pool = _candidate(
        "2f41c0af",
        "Fay",
        "Pool",
        PANEL,
        stage="Sourced",
        stage_kind="sourced",
        sourced=True,
        talent_pool={"talent_pool_id": 77, "identifier": "4d"},
    )
    del pool["job"]
    rows = [ana, bo, cy, di, eli, ana_too, pool]
    details = {
        "27270280": _candidate_detail(
            ana, tags=["swimmer", "night owl"], summary="Rows well.",
            resume_url="https://files.example/cv?X-Amz-Expires=300",
            skills=[{"name": "knots"}],
            location={"location_str": "Cork, Ireland", "country": "Ireland",
                      "country_code": "IE", "region": None, "region_code": None,
                      "city": "Cork", "zip_code": None},
            social_profiles=[{"type": "linkedin", "name": "LinkedIn", "username": None,
                              "url": "https://linkedin.example/ana"}],
            experience_entries=[{"id": "e1", "title": "Porter", "summary": None,
                                 "start_date": "2022-01-01", "end_date": None,
                                 "company": "Quay Inn", "industry": None, "current": True}],
            answers=[
                {"question": {"body": "Can you swim?"}, "answer": {"checked": True}},
                {"question": {"body": "Which shifts?"},
                 "answer": {"choices": [{"body": "Night"}, {"body": "Day"}]}},
                {"question": {"body": "Years at sea"}, "answer": {"number": 3}},
                {"question": {"body": "Why us?"}, "answer": {"body": "The sea."}},
                {"question": {"body": "Free from"}, "answer": {"date": "2026-08-01"}},
                {"question": {"body": None}, "answer": None},
            ]),
        "2f41c0ab": _candidate_detail(cy, disqualified_at="2026-05-20T10:00:00.123Z"),
        "2f41c0ac": _candidate_detail(
            di, disqualified_at="2026-05-21T10:00:00.000Z", withdrew=True),
    }  # fmt: skip
    streams = _streams()
    paths: dict[str, Any] = {"/candidates": rows}
    for row in rows:
        root = f"/candidates/{row['id']}"
        paths[root] = {"candidate": details.get(row["id"]) or _candidate_detail(row)}
        paths[f"{root}/activities"] = streams[row["id"]]
        paths[f"{root}/offer"] = {
            "candidate": {"id": row["id"], "location": None, "name": row["name"]}
        }
    for shortcode in (NIGHT, PANEL, DRAFT):
        opened = {
            "id": {NIGHT: "5b000000", PANEL: "5b0000f0", DRAFT: "5b0000ff"}[shortcode],
            "action": "opened",
            "stage_name": None,
            "created_at": "2026-03-01T09:00:00.000Z",
            "member": _MEMBER,
            "body": None,
        }
        paths[f"/jobs/{shortcode}/candidates"] = [
            row for row in rows if row.get("job", {}).get("shortcode") == shortcode
        ]
        paths[f"/jobs/{shortcode}/activities"] = [opened] * (shortcode != DRAFT) + sorted(
            (_in_job_stream(activity, row)
             for row in rows if row.get("job", {}).get("shortcode") == shortcode
             for activity in streams[row["id"]]),
            key=lambda row: int(row["id"], 16),
        )  # fmt: skip
    paths["/candidates/2f41c0aa/offer"] = {
        "candidate": {"id": "2f41c0aa", "name": "Bo Lind", "location": "Cork"},
        "created_at": "2026-06-15T09:00:00.500Z", "state": "accepted",
        "document_variables": [{"document_variable": {"name": "Pay", "slug": "pay"},
                                "value": {"data": {"amount": 31000, "frequency": "yearly",
                                                   "cached_value": None,
                                                   "currency_iso": "EUR"}}}],
        "documents": [{"name": "Offer.pdf", "kind": "offer",
                       "preview_url": "https://files.example/o?X-Amz-Expires=60000"}],
    }  # fmt: skip
    paths["/events"] = [
        {"id": "3e00001", "title": "Call", "description": None, "type": "CallEvent",
         "starts_at": "2026-05-05T09:00:00.000Z", "ends_at": "2026-05-05T09:30:00.000Z",
         "cancelled": False, "job": {"shortcode": NIGHT, "title": "Night Porter"},
         "members": [{**_MEMBER, "status": "accepted"}],
         "candidate": {"id": "27270280", "name": "Ana Ruiz"},
         "conference": {"type": "zoom", "id": "1", "url": "https://zoom.example/1"}},
        {"id": "3000002", "title": "Interview", "description": "Bring rope", **NEW,
         "type": "InterviewEvent", "starts_at": "2026-05-04T09:00:00.000Z",
         "ends_at": "2026-05-04T10:00:00.000Z", "cancelled": True,
         "job": {"shortcode": NIGHT, "title": "Night Porter"}, "members": [],
         "candidate": {"id": "2f41c0ab", "name": "Cy Okoro"}},
    ]  # fmt: skip
    return paths


def _streams() -> dict[str, list[Row]]:
    def night(number: str, action: str, at: str, before: str, target: str | None = None,
              **more: Any) -> Row:  # fmt: skip
        return _activity(number, action, at, (before, target), PIPELINE, **more)

    def panel(number: str, action: str, at: str, before: str, target: str | None = None,
              **more: Any) -> Row:  # fmt: skip
        return _activity(number, action, at, (before, target), TWICE, **more)

    return {
        "27270280": [
            night("5b000001", "applied", "2026-05-01T08:00:00.000Z", "applied"),
            night("5b000002", "phone-screen", "2026-05-02T08:00:00.250Z", "applied",
                  "phone-screen", member=_MEMBER),
            night("5b000003", "comment", "2026-05-03T08:00:00.000Z", "phone-screen",
                  member=_MEMBER, body="Good hands",
                  visibility_roles=["admin", "simple", "reviewer"], **NEW),
            night("5b000004", "rating", "2026-05-03T09:00:00.000Z", "phone-screen",
                  member=_MEMBER, body="secret", visibility_roles=["admin"],
                  rating={"score": "positive", "scale": "stars", "grade": 4}),
        ],
        "2f41c0aa": [
            night("5b000010", "applied", "2026-05-01T08:00:00.000Z", "applied"),
            night("5b000011", "interview", "2026-05-10T08:00:00.000Z", "applied", "interview"),
            night("5b000012", "offer", "2026-06-10T08:00:00.000Z", "interview", "offer"),
            night("5b000013", "hired", "2026-06-20T12:00:00.789Z", "offer", "hired",
                  member=_MEMBER),
        ],
        "2f41c0ab": [
            night("5b000020", "applied", "2026-05-01T08:00:00.000Z", "applied"),
            night("5b000021", "interview", "2026-05-11T08:00:00.000Z", "applied", "interview"),
            night("5b000022", "disqualified", "2026-05-20T10:00:00.123Z", "interview",
                  member=_MEMBER, body="Not qualified"),
        ],
        "2f41c0ac": [
            night("5b000030", "applied", "2026-05-01T08:00:00.000Z", "applied"),
            night("5b000031", "phone-screen", "2026-05-12T08:00:00.000Z", "applied",
                  "phone-screen"),
            night("5b000032", "disqualified", "2026-05-21T10:00:00.000Z", "phone-screen",
                  body="Took another job"),
        ],
        "2f41c0ad": [
            panel("5b000040", "uploaded", "2026-05-01T08:00:00.000Z", "applied-1"),
            panel("5b000041", "panel", "2026-05-02T08:00:00.000Z", "applied-1", "panel"),
        ],
        "2f41c0ae": [panel("5b000050", "applied", "2026-05-01T08:00:00.000Z", "applied-1")],
        "2f41c0af": [],
    }  # fmt: skip


# ── people ─────────────────────────────────────────────────────────────────────────────────────

SITE = "0b4c0000-0000-4000-8000-000000000003"


def _employee(number: str, first: str, last: str, serial: str, **more: Any) -> Row:
    return {
        "id": number, "firstname": first, "lastname": last, "email": None,
        "start_date": "2024-03-04T00:00:00.000Z", "state": "published",
        "employee_number": serial, "phone": None, "job_title": "Sailor", "manager_id": None,
        "department_id": None, "template_id": None, "division_id": None, "candidate_id": None,
        "legal_entity_id": None, "work_schedule_id": None, "work_email": None,
        "preferred_name": None, "onboarding_member_id": None, "sample": False,
        "holiday_calendar_id": 40210, "avatar_processed": False,
        "status_semantic_type": "status_active", "reporting_line": [], "birthdate": None,
        **NEW, **more,
    }  # fmt: skip


def _row(number: str, value: Any) -> Row:
    return {"row_id": number, "history_of": number, "is_primary": True, "value": value}


def _people() -> dict[str, Any]:
    bo = _employee(
        "2a41c3",
        "Bo",
        "Lind",
        "5",
        email="bo@mail.example",
        start_date="2026-07-01T00:00:00.000Z",
        manager_id="2a41c1",
        department_id="9c02",
        legal_entity_id=SITE,
        work_schedule_id="71b2",
        work_email="bo@lumen.example",
        reporting_line=[2768111],
        avatar="https://files.example/a.jpg?X-Amz-Expires=604800",
    )
    draft = _employee(
        "2a41c4",
        "Una",
        "Moss",
        "9",
        state="draft",
        start_date="2026-09-01T13:45:10.250Z",
        holiday_calendar_id=None,
        status_semantic_type="status_draft",
    )
    boss = _employee(
        "2a41c1",
        "Sol",
        "Super",
        "1",
        email="family@mail.example",
        department_id="9c00",
        job_title="Harbour master ",
        legal_entity_id="0b4c0000-0000-4000-8000-000000000001",
        work_email="sol@lumen.example",
    )
    twin = _employee(
        "200002",
        "Tim",
        "Super",
        "2",
        email="family@mail.example",
        manager_id="2a41c1",
        department_id="9c01",
        legal_entity_id=SITE,
    )
    rows = [bo, draft, boss, twin]  # by last name, then first name
    paths: dict[str, Any] = {"/employees": rows}
    many = {"phone_group": [], "personal_email": [], "direct_reports": [], "employment_group": [],
            "salary_group": [], "skills": [], "contact_group": []}  # fmt: skip
    details = {
        "2a41c3": {
            "department": "9c02", "legal_entity": SITE, "reports_to": "2a41c1",
            "work_schedule": "71b2", "work_email": "bo@lumen.example",
            "hire_date": "2026-06-20T00:00:00.000Z",
            "country": {"display": "Ireland", "value": "IE"},
            "personal_email": [_row("51aa1", "bo@mail.example")],
            "phone_group": [_row("51aa0", {"phone_type": "phone_type_mobile",
                                           "phone": "+353215550101"})],
            "employment_group": [_row("51aa2", {
                "employment_effective_date": "2026-07-01T00:00:00.000Z",
                "employment_status": "employement_type_full_time"})],
            "salary_group": [_row("51aa3", {"salary_pay_rate": {
                "amount": 31000, "currency": "EUR", "frequency": "year"}})],
            "social_security_number_group": {
                "social_security_number_number": "SECRET-SSN-1234567"},
            "11a07": "Blue", "11a08": "HIDDEN-FROM-MOST",
        },
        "2a41c4": {"status": "status_draft", "start_date": draft["start_date"]},
        "2a41c1": {
            "department": "9c00", "work_email": "sol@lumen.example",
            "legal_entity": "0b4c0000-0000-4000-8000-000000000001",
            "personal_email": [_row("51ab0", "family@mail.example")],
            "direct_reports": [{"id": "200002", "name": "Tim Super", "job_title": "Sailor",
                                "avatar": None, "state": "published"}],
        },
        "200002": {
            "department": "9c01", "legal_entity": SITE, "reports_to": "2a41c1",
            "personal_email": [_row("51ac0", "family@mail.example")],
        },
    }  # fmt: skip
    for row in rows:
        paths[f"/employees/{row['id']}"] = {
            "id": row["id"], "firstname": row["firstname"], "lastname": row["lastname"],
            "employee_number": row["employee_number"], "status": "status_active",
            "job_title": row["job_title"], "start_date": row["start_date"], **many,
            **details[row["id"]],
        }  # fmt: skip
    paths["/employee_fields"] = _fields()
    paths["/work_schedules"] = [
        {"id": "71b2", "name": "Four days", "status": "active", "week_starts_on": "monday",
         "work_hours": "30.00", "sample": False, **NEW, "work_days": [
             {"day_of_week": day, "work_hours": "7.50", "break_duration": "00:30",
              "work_intervals": [{"from_time": "09:00", "to_time": "17:00"}],
              "break_intervals": [{"from_time": "12:00", "to_time": "12:30"}]}
             for day in ("monday", "tuesday", "wednesday", "thursday")]},
    ]  # fmt: skip
    return paths


def _field(name: str, label: str, kind: str, **more: Any) -> Row:
    return {
        "id": name, "label": label, "hint": None, "type": kind, "approvable_by": "admin",
        "editable_by": "admin", "viewable_by": "all", "editable_by_new": 4, "viewable_by_new": 15,
        "editable_by_roles": [], "viewable_by_roles": [], "keep_history": False,
        "is_multiple": False, **more,
    }  # fmt: skip


def _fields() -> list[Row]:
    types = [
        {"id": f"employement_type_{name}", "label": label, "position": position}
        for position, (name, label) in enumerate(
            (("contractor", "Contractor"), ("full_time", "Full-time"), ("part_time", "Part-time"))
        )
    ]
    number = _field("employee_number", "Employee number", "text", autogenerate=True)
    del number["approvable_by"]
    return [
        _field("firstname", "First name", "text"),
        number,
        _field("start_date", "Start date", "date", keep_history=True, date_format="fullDate"),
        _field("employment_group", "Contract details", "composite", keep_history=True,
               is_multiple=True, subfields=[
                   {"id": "employment_effective_date", "label": "Effective date", "hint": None,
                    "type": "date", "position": 0, "editable_by_new": 4, "viewable_by_new": 7,
                    "date_format": "fullDate"},
                   {"id": "employment_status", "label": "Employment type", "hint": None,
                    "type": "dropdown", "position": 1, "editable_by_new": 4,
                    "viewable_by_new": 7, "choices": types}]),
        _field("11a07", "Oilskin colour", "text", **NEW),
        _field("11a08", "Note of the office", "text", viewable_by="admin", viewable_by_new=4),
    ]  # fmt: skip


# ── time off ───────────────────────────────────────────────────────────────────────────────────


def _balance(category: str, name: str, unit: str, *units: str, **more: Any) -> Row:
    available, carried, used = units
    return {
        "units_available": available, "units_carry_over_available": carried, "units_used": used,
        "has_unlimited_timeoff": False, "category_id": category, "time_off_tracking_unit": unit,
        "name": name, "description": None, **more,
    }  # fmt: skip


def _request(number: str, employee: str, period: tuple[str, str], total: float, unit: str,
             **more: Any) -> Row:  # fmt: skip
    return {
        "id": number, "employee_id": employee, "from_date": period[0], "to_date": period[1],
        "formatted_period": "some days", "state": "approved", "requesting_total": total,
        "timeoff_tracking_unit": unit, "half_days": [], "updated_by": "Sol Super",
        "updated_at": "2026-04-02T08:00:00.000Z", "category_name": "Paid time off",
        "pending_approvals": [], **more,
    }  # fmt: skip


BALANCES: dict[str, list[Row]] = {
    "2a41c1": [
        _balance("10013", "Paid time off", "half_days", "-2.00", "0.00", "22.00"),
        _balance("10a13", "Sick leave ", "hours", "40.50", "0.00", "8.00", **NEW),
        _balance("10014", "Unpaid leave", "full_days", "-3.00", "0.00", "3.00",
                 has_unlimited_timeoff=True),
    ],
    "200002": [_balance("10013", "Paid time off", "full_days", "12.00", "2.50", "8.00")],
    "2a41c3": [],
    "2a41c4": [],
}  # fmt: skip


def _time_off() -> dict[str, Any]:
    return {
        "/timeoff/categories": [
            {"id": "10013", "name": "Paid time off", "type": "paid", "description": "PTO"},
            {"id": "10a13", "name": "Sick leave ", "type": "paid", "description": None, **NEW},
            {"id": "10014", "name": "Unpaid leave", "type": "unpaid", "description": ""},
        ],
        "/timeoff/requests": [
            _request("7280d", "2a41c1", ("2026-05-11T00:00:00.000", "2026-05-12T00:00:00.000"),
                     1.5, "half_days", state="pending",
                     half_days=[{"date": "2026-05-12T00:00:00.000", "half": "first"}],
                     pending_approvals=[
                         {"id": "d4011",
                          "approver_id": "6b0e2f10-0000-4000-8000-000000000009"}]),
            _request("7280e", "2a41c1", ("2026-05-20T00:00:00.000", "2026-05-20T00:00:00.000"),
                     8, "hours", category_name="Sick leave"),
            _request("72810", "200002", ("2026-05-25T09:00:00.000", "2026-05-25T13:30:00.000"),
                     4.5, "hours", category_name="Sick leave ", **NEW),
            _request("72811", "200002", ("2026-06-01T13:00:00.000", "2026-06-12T18:00:00.000"),
                     10, "half_days", state="rejected"),
        ],
    }  # fmt: skip

"""A tiny company, written by hand, for tests of the server: every expected value can be counted."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal

import httpx

from workable_elt.simulator import events as ev
from workable_elt.simulator import records as r
from workable_elt.simulator.log import EventLog
from workable_elt.simulator.server.runner import Simulator
from workable_elt.simulator.server.world import Tenant

DAY = 86_400_000
BEGAN = int(datetime(2026, 1, 1, tzinfo=timezone.utc).timestamp() * 1000)
NOW = BEGAN + 200 * DAY
CROWDED, QUIET, OLD = "AAAA000001", "BBBB000002", "CCCC000003"
FIRST = 0x0FFFFFC0
"""Number of the first candidate; each further one adds 1, so ids grow a digit on the way."""
IN_CROWDED, IN_QUIET = 130, 5
SUPER, HR_ADMIN, PLAIN, NO_ACCESS, GONE = "a00001", "a00002", "a00003", "a00004", "a00005"
STAGES = tuple(
    r.Stage(5_000_000 + at, name, slug, kind, at, "default")
    for at, (name, slug, kind) in enumerate(
        [
            ("Sourced", "sourced", "sourced"),
            ("Applied", "applied", "applied"),
            ("Phone Screen", "phone-screen", "phone-screen"),
            ("Interview", "interview", "interview"),
            ("Offer", "offer", "offer"),
            ("Hired", "hired", "hired"),
        ],
        start=1,
    )
)
STAGE = {stage.slug: stage.number for stage in STAGES}
SOURCE = r.Source("linkedin.com", None, "linkedin.com", "Job boards")
EVERYBODY = ("admin", "simple", "reviewer")


def at(day: int) -> int:
    """The midnight (epoch milliseconds) that many days after the company began."""
    return BEGAN + day * DAY


def candidate_id(n: int) -> str:
    """Id of the n-th candidate, counted from 0."""
    return f"{FIRST + n:08x}"


def employee_id(n: int) -> str:
    """Id of the n-th employee, counted from 0."""
    return f"{2_000 + n + 1234:x}"


def make_log() -> EventLog:
    """Write the company down: each candidate n enters at the start of day n."""
    log = EventLog(
        r.Account("f001", "Harbour Inn", "harbourinn"),
        BEGAN,
        NOW,
        dict.fromkeys(KINDS, 900_000_000),
    )
    for part in (_settings, _jobs, _candidates, _history, _people, _time_off):
        for event in part():
            log.append(event)
    return log


KINDS = (
    *("candidate", "activity", "human", "employee", "employee_number"),
    *("request", "approval", "department"),
)


def make_tenant() -> Tenant:
    """Fold the log into an account to serve."""
    return Tenant.from_log(make_log())


def _settings():
    members = [
        r.Member(1, SUPER, "Sam Root", "sam@inn.example", None, "admin", "admin", True),
        r.Member(2, HR_ADMIN, "Hana Ruiz", "hana@inn.example", None, "simple", "admin"),
        r.Member(3, PLAIN, "Pia Lund", "p001@inn.example", None, "simple", "employee"),
        r.Member(4, NO_ACCESS, "Noor Ali", "noor@inn.example", None, "reviewer", "no_access"),
        r.Member(5, GONE, "Gil Old", "gil@inn.example", None, "admin", "admin", is_active=False),
    ]
    for member in members:
        yield ev.MemberAdded(BEGAN, None, member)
    yield ev.PipelineAdded(BEGAN, None, "default", STAGES)
    yield ev.ReasonAdded(BEGAN, None, r.DisqualificationReason(2, "d2", "Withdrew", True, 2))
    yield ev.ReasonAdded(BEGAN, None, r.DisqualificationReason(1, "d1", "Not fit", False, 1))
    yield ev.DepartmentCreated(BEGAN, None, r.Department(1, "e1", "Operations", None))
    yield ev.DepartmentCreated(BEGAN, None, r.Department(2, "e2", "Front Desk", "e1"))
    yield ev.DepartmentCreated(BEGAN, None, r.Department(3, "e3", "Archive", None))


def _jobs():
    team = (r.HiringTeamMember(PLAIN, "hiring_manager"),)
    for number, (shortcode, title, state, day) in enumerate(
        [
            (CROWDED, "Night Porter", "published", 0),
            (QUIET, "Cook", "closed", 1),
            (OLD, "Clerk", "archived", 2),
        ],
        start=0x5C01FE,
    ):
        job = r.Job(
            number=number,
            id=f"{number:x}",
            shortcode=shortcode,
            url_number=number,
            title=title,
            code=None,
            state=state,
            created_at=at(day),
            updated_at=at(day),
            department_id="e2",
            description="<p>Work.</p>",
            hiring_team=team if shortcode == CROWDED else (),
        )
        yield ev.JobCreated(at(day), SUPER, job)
    requisition = r.Requisition(
        1, "9001", "R/1 x", "open", at(3), at(4), date(2026, 3, 1), job_shortcode=CROWDED
    )
    yield ev.RequisitionCreated(at(3), SUPER, requisition)


def _candidates():
    for n in range(IN_CROWDED + IN_QUIET):
        profile = ev.Profile(f"First{n}", f"Last{n}", f"c{n:03}@home.example", None)
        yield ev.CandidateEntered(
            at=at(n),
            actor=None,
            candidate=candidate_id(n),
            person=n,
            how="applied",
            job=CROWDED if n < IN_CROWDED else QUIET,
            stage=STAGE["applied"],
            source=SOURCE,
            profile=profile,
            activity=0x20000000 + n,
        )


def _history():
    """Candidate 0 moves on day 150, candidate 1 is commented on day 160; 2 is deleted on 170."""
    one, other, gone = candidate_id(0), candidate_id(1), candidate_id(2)
    yield ev.StageMoved(at(150), PLAIN, one, STAGE["applied"], STAGE["interview"], 0x20001000)
    yield ev.Commented(at(160), PLAIN, other, STAGE["applied"], "Kind words", EVERYBODY, 0x20001001)
    for n, (member, cancelled) in enumerate([(PLAIN, False), (SUPER, False), (PLAIN, True)]):
        event = r.Event(
            0xBE000 + n,
            f"{0xBE000 + n:x}",
            "interview" if n else "call",
            f"Talk {n}",
            None,
            at(165 + n),
            at(165 + n) + 3_600_000,
            CROWDED,
            one,
            ((member, "accepted"),),
        )
        yield ev.EventScheduled(at(161), member, one, STAGE["interview"], event, 0x20001002 + n)
        if cancelled:
            yield ev.EventCancelled(at(162), member, one, event.id)
    yield ev.CandidateDeleted(at(170), SUPER, gone)


def _people():
    yield ev.FieldAdded(
        BEGAN, None, r.EmployeeField("personal_email", "E-mail", "email", True, viewable_by="admin")
    )
    for field_id in FIELDS:
        yield ev.FieldAdded(BEGAN, None, r.EmployeeField(field_id, field_id, "text"))
    for n in range(25):
        state = "draft" if n == 23 else "inactive" if n == 24 else "published"
        employee = r.Employee(
            number=2_000 + n,
            id=employee_id(n),
            person=1_000 + n,
            # Names run against the ids, so that an order by id would show.
            firstname=f"Given{n:03}",
            lastname=f"Name{99 - n:03}",
            employee_number=str(n + 1),
            state=state,
            job_title="Porter",
            start_date=date(2025, 1, 1),
            created_at=BEGAN,
            updated_at=BEGAN,
            work_email=f"p{n:03}@inn.example",
            manager_id=None if n in {0, 24} else employee_id(0 if n < 5 else 1),
            department_id="e2",
            rows={"personal_email": [r.Row(n, f"e{n:03}@home.example")]},
        )
        yield ev.EmployeeCreated(BEGAN, None, employee)
    for n in range(3):
        document = r.EmployeeDocument(
            n,
            f"b3f0{n}",
            employee_id(0),
            f"paper{n}",
            "timeoff_attachment" if n == 2 else "simple_employee_document",
            100,
            at(n),
            at(n),
            "Sam Root",
        )
        yield ev.DocumentAdded(at(n), None, document)


FIELDS = (
    *("firstname", "lastname", "status", "work_email", "job_title", "start_date", "hire_date"),
    *("department", "reports_to", "direct_reports", "employee_number", "phone_group"),
    *("chat_group", "social_group", "employment_group", "salary_group", "education_group"),
    *("work_experience_group", "skills", "language", "contact_group"),
)


def _time_off():
    category = r.TimeoffCategory(1, "10013", "Paid time off ", True, None)
    yield ev.TimeoffCategoryAdded(BEGAN, None, category)
    yield ev.CycleStarted(
        BEGAN, None, employee_id(0), category.id, 2026, "full_days", Decimal("20"), Decimal("1.5")
    )
    for n, (first, last, state) in enumerate(
        [
            (date(2026, 3, 2), date(2026, 3, 6), "approved"),
            (date(2026, 4, 6), date(2026, 4, 7), "pending"),
            (date(2026, 5, 4), date(2026, 5, 5), "canceled"),
            (date(2026, 6, 1), date(2026, 6, 1), "rejected"),
        ]
    ):
        request = r.TimeoffRequest(
            n + 1,
            f"7280{n}",
            employee_id(n % 2),
            category.id,
            datetime(first.year, first.month, first.day),
            datetime(last.year, last.month, last.day),
            "full_days",
            Decimal((last - first).days + 1),
            "pending",
            at(n),
            at(n),
            "Sam Root",
            pending_approvals=((f"d401{n}", f"00000000-0000-4000-8000-00000000000{n}"),),
        )
        yield ev.TimeoffRequested(at(n), None, request)
        if state != "pending":
            yield ev.TimeoffDecided(at(n) + 1, None, request.id, state, "Hana Ruiz")
    for n, (clock_in, minutes, kind) in enumerate(
        [(10, 480, "clock-out"), (11, 30, "time-entry"), (12, None, "clock-in")]
    ):
        start = at(clock_in) + 28_800_000
        out = None if minutes is None else start + minutes * 60_000
        yield ev.TimeEntryAdded(
            start,
            None,
            r.TimeEntry(
                f"00000000-0000-4000-9000-00000000000{n}",
                employee_id(1 - n % 2),
                kind,
                start,
                out,
                "Europe/Dublin",
            ),
        )


class Visitor:
    """A plain HTTP client of a simulator, with the account's own token unless told otherwise."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._http = httpx.Client(base_url=simulator.base_url, timeout=20)

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def send(self, method, path, *, token=None, headers=None, **sent) -> httpx.Response:
        credentials = {"Authorization": f"Bearer {token or self._simulator.token}"}
        return self._http.request(method, path, headers={**credentials, **(headers or {})}, **sent)

    def get(self, path, params=None, *, token=None, headers=None) -> httpx.Response:
        return self.send("GET", path, token=token, headers=headers, params=params)

    def rows(self, path, key, params=None, **how) -> list[dict]:
        answer = self.get(path, params, **how)
        assert answer.status_code == 200, answer.text
        return answer.json()[key]

    def ids(self, path, key, params=None, **how) -> list[str]:
        return [row["id"] for row in self.rows(path, key, params, **how)]

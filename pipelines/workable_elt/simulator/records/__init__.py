"""The present state of everything the simulated account holds, as plain slotted records.

Contract for readers of these records (the server, the renderers, the tests):

- A record knows nothing of the API's vocabulary: the renderers in ``simulator.render`` turn one into
  the JSON that Workable sends. Nothing outside ``simulator.fold_*`` writes to a record.
- **Instants are ints: epoch milliseconds, UTC.** Calendar dates are ``datetime.date``. Time-off
  wall-clock times are naive ``datetime.datetime`` (they carry no zone in the API either).
- ``id`` is the text the API shows. ``number`` is the integer behind a hexadecimal id; order lists and
  compare ``since_id`` / ``max_id`` by it, never by the text.
- ``version`` grows with each change of the record. A rendered candidate, activity, offer, event, job
  or requisition also depends on other records (job titles, member names, departments): cache it
  under ``(record.version, company.shared_version)``. Cache HR answers under ``company.hr_version``.
- A deleted candidate stays in ``Company.candidates`` with ``deleted_at`` set: whether it is a 404 or
  an anonymised row is a quirk that ``simulator.visible`` decides.
"""

from workable_elt.simulator.records.ats import (
    Activity,
    Answer,
    Candidate,
    CandidateFile,
    EducationEntry,
    Event,
    ExperienceEntry,
    Offer,
    OfferVariable,
    Rating,
    Resume,
    SocialProfile,
    Source,
)
from workable_elt.simulator.records.hris import (
    CountryValue,
    Employee,
    EmployeeDocument,
    EmployeeField,
    FieldChoice,
    FileValue,
    HalfDay,
    LegalEntity,
    Row,
    SubField,
    TimeEntry,
    TimeoffBalance,
    TimeoffCategory,
    TimeoffRequest,
    WorkDay,
    WorkSchedule,
)
from workable_elt.simulator.records.jobs import (
    Account,
    Choice,
    CustomAttribute,
    Department,
    DisqualificationReason,
    ExternalRecruiter,
    FormField,
    HiringTeamMember,
    Job,
    JobLocation,
    Member,
    Money,
    PermissionSet,
    Place,
    Question,
    Requisition,
    RequisitionAttribute,
    Stage,
)

__all__ = [
    "Account",
    "Activity",
    "Answer",
    "Candidate",
    "CandidateFile",
    "Choice",
    "CountryValue",
    "CustomAttribute",
    "Department",
    "DisqualificationReason",
    "EducationEntry",
    "Employee",
    "EmployeeDocument",
    "EmployeeField",
    "Event",
    "ExperienceEntry",
    "ExternalRecruiter",
    "FieldChoice",
    "FileValue",
    "FormField",
    "HalfDay",
    "HiringTeamMember",
    "Job",
    "JobLocation",
    "LegalEntity",
    "Member",
    "Money",
    "Offer",
    "OfferVariable",
    "PermissionSet",
    "Place",
    "Question",
    "Rating",
    "Requisition",
    "RequisitionAttribute",
    "Resume",
    "Row",
    "SocialProfile",
    "Source",
    "Stage",
    "SubField",
    "TimeEntry",
    "TimeoffBalance",
    "TimeoffCategory",
    "TimeoffRequest",
    "WorkDay",
    "WorkSchedule",
]

"""Jobs and what hangs on them: stages, form, hiring team. API pages: jobs, jobsshortcode."""

from __future__ import annotations

from workable_elt.api.wire.base import Wire
from workable_elt.api.wire.types import (
    Flag,
    Id,
    Instant,
    JsonAny,
    JsonList,
    JsonObject,
    LocalDate,
    Reference,
    Text,
    Whole,
    column,
)


class Job(Wire):
    """A row of ``GET /jobs``."""

    id: Reference = column("Job id, hexadecimal; other tables use the shortcode.")
    shortcode: Id = column("Shortcode, the key that every URL takes.", required=True)
    title: Text = column("Title.")
    full_title: Text = column("Title and code.")
    code: Text = column("The company's own code.")
    state: Text = column("draft, published, closed (internal, not finished) or archived.")
    sample: Flag = column("Whether it is Workable's demo data.")
    confidential: Flag = column("Whether the job is confidential.")
    department: Text = column("Name of the department.")
    department_hierarchy: JsonList = column("Ancestors and the department: id, name.")
    url: Text = column("Page of the job.")
    application_url: Text = column("Page to apply on.")
    shortlink: Text = column("Short link.")
    workplace_type: Text = column("on_site, hybrid or remote.")
    location: JsonObject = column("Advertised location.")
    locations: JsonList = column("All locations; the first is the primary one.")
    salary: JsonObject = column("Advertised range: salary_from, salary_to, salary_currency.")
    keywords: JsonAny = column("Keywords.")
    created_at: Instant = column("Day on which the job was made (cut to midnight by the source).")
    updated_at: Instant = column("When the job was last changed, UTC.")
    full_description: Text = column(
        "Description, requirements and benefits as one HTML text; in the list only on request."
    )
    description: Text = column("Description, HTML.")
    requirements: Text = column("Requirements, HTML.")
    benefits: Text = column("Benefits, HTML.")


class JobDetail(Job):
    """The answer of ``GET /jobs/:shortcode``."""

    employment_type: Text = column("Label, for example Full-time.")
    industry: Text = column("Industry.")
    function: Text = column("Function.")
    experience: Text = column("Experience asked for.")
    education: Text = column("Education asked for.")


class Stage(Wire):
    """A row of ``GET /stages`` or ``GET /jobs/:shortcode/stages``."""

    id: Id = column("Stage id, an integer on the wire, text here.", required=True)
    identifier: Text = column("The id in hexadecimal.")
    slug: Text = column("Slug, what filters and moves use.")
    name: Text = column("Name, what candidates carry.")
    kind: Text = column("Kind, for example interview.")
    position: Whole = column("Place in the pipeline, from 1.")


class FormItem(Wire):
    """A field or a question of ``GET /jobs/:shortcode/application_form``."""

    item_kind: Id = column("form_field or question.", required=True)
    item_id: Id = column("Key of a form field, id of a question.", required=True)
    label: Text = column("Label of a form field.")
    body: Text = column("Text of a question.")
    type: Text = column("Type of the answer.")
    required: Flag = column("Whether it must be answered.")
    single_answer: Flag = column("Whether one choice only may be picked.")
    choices: JsonList = column("Choices: id, body.")
    multiple: Flag = column("Whether a complex field repeats.")
    fields: JsonList = column("Fields of a complex field.")
    max_length: Whole = column("Longest answer, characters.")
    supported_file_types: JsonList = column("File types that are taken.")
    max_file_size: Whole = column("Largest file, bytes.")
    position: Whole = column("Place in the form, from 1.")


class Requisition(Wire):
    """A row of ``GET /requisitions``. API page: requisitionscode."""

    id: Reference = column("Requisition id, hexadecimal.")
    code: Id = column("Code, the key of URLs.", required=True)
    job: JsonObject = column("Job: id (not shortcode) and title.")
    department: JsonObject = column("Department: id, name.")
    location: JsonObject = column("Location.")
    requester: JsonObject = column("Member who asked for it: id, name.")
    hiring_manager: JsonObject = column("Hiring manager: id, name.")
    owner: JsonObject = column("Owner: id, name.")
    plan_date: LocalDate = column("Planned hiring date.")
    start_date: LocalDate = column("Start date of the hire.")
    salary_range: JsonObject = column("Planned pay.")
    salary: JsonObject = column("Agreed pay.")
    candidate_id: Reference = column("Candidate who filled it.")
    employment_type: Text = column("Employment type.")
    reason: Text = column("Reason, for example replacement.")
    state: Text = column("State, for example open, filled, on_hold.")
    requisition_attributes: JsonList = column("Custom attributes.")
    approval_groups: JsonList = column("Who must approve, and their decisions.")
    created_at: Instant = column("When it was made, UTC.")
    updated_at: Instant = column("When it was last changed, UTC.")

"""Candidates and what hangs on them: activities, offers, files. API page: job-candidates-index."""

from __future__ import annotations

from typing import ClassVar

from workable_elt.api.wire.base import Wire
from workable_elt.api.wire.types import (
    Flag,
    Id,
    Instant,
    JsonList,
    JsonObject,
    Reference,
    Text,
    Whole,
    column,
)


class Candidate(Wire):
    """A row of ``GET /candidates``: one person in one job, or in the talent pool."""

    about_person: ClassVar[bool] = True

    id: Id = column("Candidate id, hexadecimal, text for ever.", required=True)
    name: Text = column("Full name.", personal=True)
    firstname: Text = column("First name.", personal=True)
    lastname: Text = column("Last name.", personal=True)
    headline: Text = column("One line the candidate says of themselves.", personal=True)
    # The wire calls it `account`, which is the label of every row here.
    account_ref: JsonObject = column("Account: subdomain and name.", alias="account")
    job: JsonObject = column("Job: shortcode and title; absent in the talent pool.")
    talent_pool: JsonObject = column("Talent pool: talent_pool_id and identifier.")
    stage: Text = column("Name (not slug) of the current stage.")
    stage_kind: Text = column("Kind of the current stage.")
    disqualified: Flag = column("Whether the candidate is disqualified now.")
    withdrew: Flag = column("Whether the candidate withdrew; often only in the detail.")
    anonymized: Flag = column("Whether Workable has anonymised the candidate.")
    disqualification_reason: Text = column("Text of the reason, not its id.")
    hired_at: Instant = column("When the candidate was hired, UTC.")
    moved_to_offer_at: Instant = column("When moved to an offer stage, UTC; null in practice.")
    sourced: Flag = column("Whether the candidate was sourced rather than applied.")
    profile_url: Text = column("Page of the candidate in Workable.", personal=True)
    address: Text = column("Postal address.", personal=True)
    phone: Text = column("Phone number.", personal=True)
    email: Text = column("E-mail address.", personal=True)
    domain: Text = column("Raw referrer, for example linkedin.com.")
    outlet: Text = column("Channel, for example SPI for a candidate made through the API.")
    common_source: Text = column(
        "Source as Workable's screens show it; for referrals the referring member's name."
    )
    common_source_category: Text = column("Category of the source, for example Job boards.")
    created_at: Instant = column("When the record was made, UTC.")
    updated_at: Instant = column("When the record was last changed, UTC.")
    resume_metadata: JsonObject = column(
        "File name and type of the résumé; absent when there is none.", personal=True
    )


class CandidateDetail(Candidate):
    """The answer of ``GET /candidates/:id``."""

    image_url: Text = column("Signed URL of the portrait.", personal=True, expires=True)
    disqualified_at: Instant = column("When the candidate was disqualified, UTC.")
    outbound_mailbox: Text = column("Mailbox that Workable writes from.", personal=True)
    uploader_id: Reference = column("Member who uploaded the candidate.")
    cover_letter: Text = column("Cover letter.", personal=True)
    summary: Text = column("Summary of the profile.", personal=True)
    education_entries: JsonList = column("Education.", personal=True)
    experience_entries: JsonList = column("Work experience.", personal=True)
    skills: JsonList = column("Skills, objects with a name.", personal=True)
    answers: JsonList = column("Answers of the application form.", personal=True)
    resume_url: Text = column("Signed URL of the résumé.", personal=True, expires=True)
    social_profiles: JsonList = column("Social profiles.", personal=True)
    tags: JsonList = column("Tags, texts.", personal=True)
    location: JsonObject = column("Where the candidate lives.", personal=True)
    originating_candidate_id: Reference = column("Candidate that this one was made from.")
    custom_attributes: JsonList = column(
        "Custom attribute values, where an account's detail has them.", personal=True
    )


class _Activity(Wire):
    """What the two activity streams share."""

    about_person: ClassVar[bool] = True

    id: Id = column("Activity id, hexadecimal; the same in both streams.", required=True)
    action: Text = column("What happened; a move carries the slug of its target stage.")
    stage_name: Text = column(
        "In a candidate's stream the stage before a move, else the present one; in a job's "
        "stream the target of a move."
    )
    created_at: Instant = column("When it happened, UTC.")
    member: JsonObject = column("Member who did it (id, name, type); absent when nobody did.")
    body: Text = column("Text of the activity.", personal=True)
    rating: JsonObject = column("Rating: score, scale, grade.")


class JobActivity(_Activity):
    """A row of ``GET /jobs/:shortcode/activities``."""

    candidate: JsonObject = column("Candidate (id, name); absent for the job's own events.")


class CandidateActivity(_Activity):
    """A row of ``GET /candidates/:id/activities``."""

    action_stage: JsonObject = column("Stage of stage_name: id, identifier, name, slug.")
    target_stage: JsonObject = column("Target of a move: id, identifier, name, slug.")
    updated_at: Instant = column("When the row was last rewritten, UTC.")
    visibility_roles: JsonList = column("Roles that may see a comment, rating or message.")


class Offer(Wire):
    """The answer of ``GET /candidates/:id/offer``: the latest offer, if any."""

    about_person: ClassVar[bool] = True

    candidate: JsonObject = column("Candidate: id, name, location.", personal=True)
    id: Reference = column("Offer id, where the answer has one.")
    created_at: Instant = column("When the offer was made, UTC.")
    updated_at: Instant = column("When the offer was last changed, UTC.")
    state: Text = column("State of the offer.")
    document_variables: JsonList = column("Values merged into the offer letter.", personal=True)
    documents: JsonList = column("Documents: name, kind.", personal=True)


class CandidateFile(Wire):
    """An entry of ``GET /candidates/:id/files``; it has no id."""

    about_person: ClassVar[bool] = True

    name: Id = column("File name.", personal=True, required=True)
    kind: Id = column("Kind of file, for example offer; `other` where none is sent.", required=True)
    ordinal: Whole = column(
        "Counts files of one candidate with equal name and kind, from 1.", required=True
    )
    source: Text = column("Where the file came from, for example upload.")
    preview_url: Text = column("Signed URL.", personal=True, expires=True)

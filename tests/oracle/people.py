"""Which candidate records are the same person, by what the records say."""

from __future__ import annotations

from collections import defaultdict

from tests.oracle.values import email_key, name_key, phone_key

from workable_elt.simulator import records as r


def persons(candidates: list[r.Candidate]) -> list[tuple[str, ...]]:
    """Group candidates into persons.

    The same normalised e-mail is the same person. A record without e-mail belongs to the person
    with the same phone and name, unless two different e-mails have them: then to nobody.

    Returns:
        Sorted candidate ids of each person, in the order of the first id.
    """
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    emails_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for candidate in candidates:
        email, contact = email_key(candidate.email), _contact(candidate)
        if email and contact:
            emails_of[contact].add(email)
    for candidate in candidates:
        groups[_group(candidate, emails_of)].append(candidate.id)
    return sorted(tuple(sorted(ids)) for ids in groups.values())


def _contact(candidate: r.Candidate) -> tuple[str, str] | None:
    phone = phone_key(candidate.phone)
    name = name_key(f"{candidate.firstname} {candidate.lastname}")
    return (phone, name) if phone and name else None


def _group(candidate: r.Candidate, emails_of: dict[tuple[str, str], set[str]]) -> tuple[str, ...]:
    email, contact = email_key(candidate.email), _contact(candidate)
    if email:
        return ("email", email)
    if contact is None:
        return ("alone", candidate.id)
    emails = emails_of[contact]
    if len(emails) == 1:
        return ("email", next(iter(emails)))
    return ("alone", candidate.id) if emails else ("contact", *contact)

"""The backlog: which details and children are to be read, as a query on the warehouse.

It is no state of a pipeline: whatever ends a run, the next one, on any machine, asks the tables
again. A record is due when there is no committed visit, when its list row has changed since, or
when the reading is too old for something that gives no signal of change. The last are told apart:
a run reads them only as far as its freshness budget goes (`workable_elt.warehouse.freshness`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum, auto
from typing import Any

from workable_elt.settings import RESOURCES, Resource
from workable_elt.sources.work import Parent
from workable_elt.warehouse.sql import Reader
from workable_elt.warehouse.syncs import COMMITTED

# A job is open when it is published or internal; Workable calls the latter "closed".
_JOB_IS_OPEN = "p.state in ('published', 'closed')"
_OFFER_IS_SETTLED = (
    "lower(o.state) in ('accepted', 'signed', 'declined', 'rejected', 'revoked', 'expired', "
    "'withdrawn', 'canceled', 'cancelled', 'voided')"
)
# DuckDB 1 lets `->>` bind weaker than `=`, so it stands in brackets everywhere.
_CANDIDATES_IN_USE = """
    case when coalesce(p.disqualified, false) or p.hired_at is not null then 1
         when exists (
            select 1 from jobs j
            where j.account = p.account and j.shortcode = (p.job ->> 'shortcode')
              and j.state in ('published', 'closed'))
         then 0 else 1 end, p.updated_at desc nulls last, p.id"""
_JOBS_IN_USE = (
    f"case when {_JOB_IS_OPEN} then 0 else 1 end, p.updated_at desc nulls last, p.shortcode"
)
_OLDEST_FIRST = "v.read_at nulls first, p.id"
# How old a reading may be, as branches of a CASE that gives the moment before which it is too old.
# A record that answered 404 twice is asked again, as long as it is listed: single spurious 404s were
# seen, so two may be.
_MISSED = "when v.found = false then %(day_ago)s"
_CHANGED = "v.listed_updated_at is distinct from p.updated_at"
# An activity is newer evidence than `updated_at`, which does not follow every change. Whether it came
# after a visit is asked of two clocks, the server's and (by the package) ours: either may have
# jumped back in between.
_ACTED = "(act.newest_read_at > v.read_at or act.newest_load_id > v.load_id)"
_ACTIVITIES = """
    left join (
        select (candidate ->> 'id') as candidate_id, max(_read_at) as newest_read_at,
               max(_dlt_load_id) as newest_load_id
        from job_activities where account = %(account)s group by 1
    ) act on act.candidate_id = p.id"""
_CANDIDATE_MOVED_IN_JOB = """exists (
    select 1 from candidates c
    where c.account = p.account and (c.job ->> 'shortcode') = p.shortcode
      and (c._read_at > v.read_at or c._dlt_load_id > v.load_id))"""
_OFFER_STAGES = """
    select {name} from stages where account = %(account)s and kind in ('offer', 'hired')
    union
    select {name} from job_stages where account = %(account)s and kind in ('offer', 'hired')"""
_REACHED_AN_OFFER = f"""(
    p.stage_kind in ('offer', 'hired') or p.hired_at is not null
    or p.id in (
        select (candidate ->> 'id') from job_activities
        where account = %(account)s
          and (action in ({_OFFER_STAGES.format(name="slug")})
               or stage_name in ({_OFFER_STAGES.format(name="name")}))))"""
_OFFER_UNSETTLED = f"""
    case when o.candidate_id is not null then not coalesce({_OFFER_IS_SETTLED}, false)
         else p.stage_kind = 'offer' and not coalesce(p.disqualified, false) end"""


# What could not be read is asked for by every run until it can: nothing else would tell. The key of
# a child begins with its parent's.
_UNREADABLE = f"""
    select split_part(record_id, ':', 1) from _quarantine
    where account = %(account)s and resource = %(resource)s and resolved_at is null
      and _dlt_load_id in ({COMMITTED})"""


@dataclass(frozen=True)
class Aged:
    """A record that has not changed, for all that is known, and whose reading is too old.

    Attributes:
        parent: As the sources take it.
        read_at: When it was read last, server's clock, UTC, naive.
        overdue: For how long the reading has been too old.
    """

    parent: Parent
    read_at: datetime
    overdue: timedelta


@dataclass(frozen=True)
class Tally:
    """How many records are due.

    Attributes:
        changed: Those that changed or were never read.
        overdue: Those whose reading is too old and nothing else.
        oldest_at: When the oldest of these was read, server's clock, UTC, naive.
    """

    changed: int = 0
    overdue: int = 0
    oldest_at: datetime | None = None

    @property
    def due(self) -> int:
        """All of them."""
        return self.changed + self.overdue


@dataclass(frozen=True)
class _Rule:
    """When a parent is due, beside never having been visited.

    Attributes:
        changed: Condition under which it has changed since.
        order: In which those are read.
        ages: Branches of a CASE: the moment before which a reading is too old.
    """

    changed: str
    order: str
    ages: str = _MISSED
    joins: str = ""
    only: str = "1 = 1"


_CANDIDATE_RULE = _Rule(f"{_CHANGED} or {_ACTED}", _CANDIDATES_IN_USE, joins=_ACTIVITIES)
_JOB_RULE = _Rule(_CHANGED, _JOBS_IN_USE)
_AGING_JOB_RULE = _Rule(_CHANGED, _JOBS_IN_USE, f"{_MISSED} when {_JOB_IS_OPEN} then %(oldest)s")
_EMPLOYEE_RULE = _Rule(
    "p._read_at > v.read_at or p._dlt_load_id > v.load_id",
    _OLDEST_FIRST,
    f"{_MISSED} else %(oldest)s",
)

_RULES: dict[str, _Rule] = {
    "candidate_details": _CANDIDATE_RULE,
    "candidate_activities": _CANDIDATE_RULE,
    "candidate_files": _CANDIDATE_RULE,
    "offers": _Rule(
        _CHANGED,
        _CANDIDATES_IN_USE,
        # No offer is a 404 as well, hence the longer wait.
        f"when {_OFFER_UNSETTLED} then %(day_ago)s when v.found = false then %(week_ago)s",
        "left join offers o on o.account = p.account and o.candidate_id = p.id",
        _REACHED_AN_OFFER,
    ),
    "job_details": _JOB_RULE,
    "job_stages": _AGING_JOB_RULE,
    "job_application_forms": _AGING_JOB_RULE,
    "job_members": _AGING_JOB_RULE,
    # A closed job's stream may still move, and not every move shows on a candidate.
    "job_activities": _Rule(
        _CANDIDATE_MOVED_IN_JOB,
        _JOBS_IN_USE,
        f"{_MISSED} when {_JOB_IS_OPEN} then %(oldest)s else %(week_ago)s",
    ),
    "employee_details": _EMPLOYEE_RULE,
    "timeoff_balances": _EMPLOYEE_RULE,
    "employee_documents": _EMPLOYEE_RULE,
}


class _Is(Enum):
    """Why records are due."""

    CHANGED = auto()
    AGED = auto()
    DUE = auto()


class Backlog:
    """What is left to read for one account, as the warehouse is when it is first asked.

    Args:
        reader: The warehouse.
        account: Label of the account.
        now: Server's clock, UTC, naive.
        since: With ``full``, the beginning of this run: what was visited before is due again.
        loaded_since: The same by our clock, UTC, naive: the server's tells no two runs within one
            second of it apart.
    """

    def __init__(
        self,
        reader: Reader,
        account: str,
        now: datetime,
        *,
        since: datetime | None = None,
        loaded_since: datetime | None = None,
    ) -> None:
        self._reader = reader
        self._account = account
        self._now = now
        self._since = since
        self._first_load_id = _load_id_at(loaded_since) if loaded_since else ""
        self._tallies: dict[str, Tally] = {}

    def changed(self, resource: str) -> list[Parent]:
        """Give the records that changed or were never read, in the order of their use.

        Args:
            resource: A detail or child resource.

        Returns:
            Parents as the sources take them; streams of jobs go on at their newest activity, unless
            the visit was forgotten: then something in them has come back.
        """
        if not self.tally(resource).changed:
            return []
        return [parent for parent, *_ in self._parents(resource, _Is.CHANGED)]

    def aged(self, resource: str) -> list[Aged]:
        """Give the records whose reading is too old and nothing else, the longest overdue first.

        Args:
            resource: A detail or child resource.
        """
        if not self.tally(resource).overdue:
            return []
        found = [
            Aged(parent, read_at, too_old - read_at)
            for parent, read_at, too_old in self._parents(resource, _Is.AGED)
        ]
        return sorted(found, key=lambda one: one.overdue, reverse=True)

    def tally(self, resource: str) -> Tally:
        """Count the records that are due, by the reason why they are.

        In most runs most resources have none, and counting is cheaper than asking for the records
        in either order.
        """
        if resource not in self._tallies:
            self._tallies[resource] = self._tally(resource)
        return self._tallies[resource]

    def _tally(self, resource: str) -> Tally:
        found = RESOURCES[resource]
        query, params = self._query(
            found, f"case when {self._is_changed(found)} then 1 else 0 end as c, v.read_at", _Is.DUE
        )
        changed, overdue, oldest_at = self._reader.rows(
            "select coalesce(sum(c), 0), coalesce(sum(1 - c), 0), "
            f"min(case when c = 0 then read_at end) from ({query}) due",
            *params,
        )[0]
        return Tally(int(changed), int(overdue), oldest_at)

    def count(self, resource: str) -> int:
        """Count the records that are due, whatever the reason."""
        return self.tally(resource).due

    def _parents(self, resource: str, wanted: _Is) -> list[tuple[Parent, datetime, datetime]]:
        found = RESOURCES[resource]
        updated = "p.updated_at" if _parent(found).has_updated_after else "null"
        key = _parent(found).key[0]
        forgotten = "case when v.parent_id is not null and v.read_at is null then 1 else 0 end"
        columns = f"p.{key}, {updated}, {forgotten}, v.read_at, {_too_old(found)}"
        query, params = self._query(found, columns, wanted)
        rows = self._reader.rows(f"{query} order by {_RULES[resource].order}", *params)
        newest = self._newest_activities() if resource == "job_activities" else {}
        # A visit that was forgotten asks for the whole stream: something in it has come back. So
        # does an activity that could not be read, or going on behind it would pass for reading it.
        return [
            (Parent(key, listed, None if is_forgotten else newest.get(key)), read_at, too_old)
            for key, listed, is_forgotten, read_at, too_old in rows
        ]

    def _query(self, resource: Resource, columns: str, wanted: _Is) -> tuple[str, list[Any]]:
        rule, parent = _RULES[resource.name], _parent(resource)
        key = parent.key[0]
        changed = self._is_changed(resource)
        aged = f"v.read_at < {_too_old(resource)}"
        where = {
            _Is.CHANGED: changed,
            _Is.AGED: f"{aged} and not {changed}",
            _Is.DUE: f"({changed} or {aged})",
        }[wanted]
        query = f"""
            select {columns} from {parent.name} p
            left join (
                select parent_id, read_at, listed_updated_at, found, _dlt_load_id as load_id
                from _visits
                where account = %(account)s and resource = %(resource)s
                  and _dlt_load_id in ({COMMITTED})
            ) v on v.parent_id = p.{key}
            left join _tombstones t
              on t.account = p.account and t.resource = %(parent)s and t.record_id = p.{key}
              and t.resolved_at is null
            {rule.joins}
            where p.account = %(account)s and t.record_id is null and {rule.only} and {where}"""
        age = timedelta(hours=resource.max_age_hours or 24)
        named = {
            "account": self._account,
            "resource": resource.name,
            "parent": parent.name,
            "since": self._since,
            "first_load_id": self._first_load_id,
            "oldest": self._now - age,
            "day_ago": self._now - timedelta(days=1),
            "week_ago": self._now - timedelta(days=7),
        }
        return positional(query, named)

    def _is_changed(self, resource: Resource) -> str:
        key = _parent(resource).key[0]
        changed = (
            f"v.read_at is null or p.{key} in ({_UNREADABLE}) or {_RULES[resource.name].changed}"
        )
        if self._since is not None:
            changed = f"{changed} or v.read_at < %(since)s or v.load_id < %(first_load_id)s"
        return f"coalesce({changed}, false)"

    def _newest_activities(self) -> dict[str, str]:
        if self._since is not None:
            return {}
        # Ids are base-16 numbers: without leading zeros the longer one is the larger one.
        rows = self._reader.rows(
            "select shortcode, max(lpad(lower(id), 24, '0')) from job_activities "
            "where account = %s group by shortcode",
            self._account,
        )
        named = {"account": self._account, "resource": "job_activities"}
        query, params = positional(_UNREADABLE, named)
        unreadable = {shortcode for (shortcode,) in self._reader.rows(query, *params)}
        return {job: newest.lstrip("0") for job, newest in rows if job not in unreadable}


def _load_id_at(moment: datetime) -> str:
    """Give what dlt would name a package that was begun then."""
    return str(moment.replace(tzinfo=timezone.utc).timestamp())


def _too_old(resource: Resource) -> str:
    """Give the moment before which a reading is too old; null where no age makes it so."""
    return f"(case {_RULES[resource.name].ages} end)"


def _parent(resource: Resource) -> Resource:
    return RESOURCES[str(resource.parent)]


def positional(query: str, named: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Turn ``%(name)s`` into ``%s``, which is all that every dlt client takes.

    Args:
        query: A statement; it has no other percent signs.
        named: Values by name.

    Returns:
        The statement and its values in order.
    """
    parts = query.split("%(")
    text, values = parts[0], []
    for part in parts[1:]:
        name, rest = part.split(")s", 1)
        values.append(named[name])
        text += "%s" + rest
    return text, values

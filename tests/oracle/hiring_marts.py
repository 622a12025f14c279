"""The hiring marts that count applications: funnel, exits, velocity, pipeline, time to hire."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from tests.oracle.account import REPORTING_STAGES
from tests.oracle.hiring import DAY, ApplicationOracle, days_of, mean, merged, quantile
from tests.oracle.hiring_stays import POSITIONS, Stay
from tests.oracle.values import Row

from workable_elt.simulator import records as r

STATES = {
    "rejected": "disqualified",
    "withdrawn": "withdrew",
    "active": "pending",
    "hired": "hired",
}
EXITS = {"disqualified": "rejected"}
KINDS_OF_EXIT = ("advanced", "rejected", "withdrew", "moved_back", "deleted", "job_archived")
MONTHS_OF_DAYS = 13


class HiringOracle(ApplicationOracle):
    """Expected rows of the marts."""

    def funnel(self) -> list[Row]:
        """hiring_funnel."""
        cohorts: dict[tuple[str, date, str], list[r.Candidate]] = defaultdict(list)
        for candidate in self.counted:
            month = self.month(self.created_at(candidate))
            key = (self._job_of(candidate).shortcode, month, self.source_category(candidate))
            cohorts[key].append(candidate)
        return [
            self._funnel_row(*key, cohort, stage)
            for key, cohort in cohorts.items()
            for stage in POSITIONS
        ]

    def _funnel_row(
        self, shortcode: str, month: date, category: str, cohort: list[r.Candidate], stage: str
    ) -> Row:
        place = POSITIONS[stage]
        now = {c.id: POSITIONS[REPORTING_STAGES[c.stage.kind]] for c in cohort}
        reached = {c for c, position in now.items() if position >= place}
        past = {c for c, position in now.items() if position > place}
        entered = {c.id for c in cohort if any(s.position == place for s in self.stays[c.id])}
        there = Counter(self._state(c) for c in cohort if now[c.id] == place)
        pipeline = self.company.stages_of(self.company.jobs[shortcode])
        is_last = place == max(POSITIONS.values())
        return {
            "account": self.account,
            "job_key": self.key(shortcode),
            "month": month,
            "source_category": category,
            "reporting_stage": stage,
            "is_in_pipeline": any(REPORTING_STAGES[s.kind] == stage for s in pipeline),
            "candidates": len(cohort),
            "reached": len(reached),
            "advanced": len(past),
            **{state: there[state] for state in (*STATES.values(), "deleted")},
            "conversion_from_all": len(reached) / len(cohort),
            "conversion_to_next": None if is_last or not reached else len(past) / len(reached),
            "entered": len(entered),
            "entered_then_advanced": sum(self._went_on(c, place) for c in entered),
            "skipped": len(reached - entered),
            "fell_back": len(entered - reached),
        }

    def _state(self, candidate: r.Candidate) -> str:
        """What somebody is in the stage that they stand in."""
        state = STATES[self._status(candidate)]
        return "deleted" if state == "pending" and candidate.id in self.gone else state

    def _went_on(self, candidate_id: str, place: int) -> bool:
        """Whether a later stage came after a stay in this one."""
        positions = [stay.position for stay in self.stays[candidate_id]]
        return max(positions[positions.index(place) :]) > place

    def stage_exits(self) -> list[Row]:
        """hiring_stage_exits."""
        counts: dict[tuple[date, str, str, str], Counter[str]] = defaultdict(Counter)
        for candidate in self.counted:
            for stay in self._left(candidate):
                assert stay.exited_at is not None
                assert stay.exit is not None
                key = (
                    self.month(stay.exited_at),
                    self._job_of(candidate).shortcode,
                    stay.reporting_stage,
                    self.source_category(candidate),
                )
                counts[key][EXITS.get(stay.exit, stay.exit)] += 1
        return [self._exits_row(*key, kinds) for key, kinds in counts.items()]

    def _left(self, candidate: r.Candidate) -> Iterable[Stay]:
        """Intervals by whose end the reporting stage was left."""
        stays = self.stays[candidate.id]
        for stay, following in zip(stays, [*stays[1:], None], strict=True):
            goes_on = following is not None and stay.exited_at == following.entered_at
            is_inside = goes_on and following and following.position == stay.position
            if stay.exited_at is not None and stay.exit != "hired" and not is_inside:
                yield stay

    def _exits_row(
        self, month: date, shortcode: str, stage: str, category: str, kinds: Counter[str]
    ) -> Row:
        decided = kinds["advanced"] + kinds["rejected"] + kinds["withdrew"]
        return {
            "account": self.account,
            "month": month,
            "job_key": self.key(shortcode),
            "reporting_stage": stage,
            "source_category": category,
            "exits": kinds.total(),
            **{kind: kinds[kind] for kind in KINDS_OF_EXIT},
            "pass_rate": kinds["advanced"] / decided if decided else None,
        }

    def velocity(self) -> list[Row]:
        """hiring_velocity."""
        moves: dict[tuple[date, str, str], list[tuple[float, float]]] = defaultdict(list)
        of_cohort: dict[tuple[date, str, str], list[float]] = defaultdict(list)
        for candidate in self.counted:
            shortcode, created_at = self._job_of(candidate).shortcode, self.created_at(candidate)
            for visit in merged(self.stays[candidate.id]):
                last = visit[-1]
                if last.exited_at is None or last.exit == "hired":
                    continue
                row = moves[self.month(last.exited_at), shortcode, last.reporting_stage]
                if last.exit == "advanced":
                    days = days_of(visit)
                    row.append((days, (visit[0].entered_at - created_at) / DAY))
                    cohort = (self.month(created_at), shortcode, last.reporting_stage)
                    of_cohort[cohort].append(days)
        return [
            self._velocity_row(*key, moves.get(key, []), of_cohort.get(key, []))
            for key in moves.keys() | of_cohort.keys()
        ]

    def _velocity_row(
        self,
        month: date,
        shortcode: str,
        stage: str,
        moves: list[tuple[float, float]],
        cohort: list[float],
    ) -> Row:
        days, before = [move[0] for move in moves], [move[1] for move in moves]
        return {
            "account": self.account,
            "month": month,
            "job_key": self.key(shortcode),
            "reporting_stage": stage,
            "moves": len(moves),
            "mean_days_to_move_forward": mean(days),
            "median_days_to_move_forward": quantile(days, 0.5),
            "mean_days_created_to_stage": mean(before),
            "median_days_created_to_stage": quantile(before, 0.5),
            "cohort_moves": len(cohort),
            "cohort_mean_days_to_move_forward": mean(cohort),
            "cohort_median_days_to_move_forward": quantile(cohort, 0.5),
        }

    def pipeline_daily(self) -> list[Row]:
        """hiring_pipeline_daily."""
        counts: Counter[tuple[date, str, str]] = Counter()
        for candidate in self.counted:
            for stay in self.stays[candidate.id]:
                for day in self._days_in(stay):
                    counts[day, self._job_of(candidate).shortcode, stay.reporting_stage] += 1
        return [
            {
                "account": self.account,
                "day": day,
                "period": self._period(day),
                "job_key": self.key(shortcode),
                "reporting_stage": stage,
                "applications": found,
            }
            for (day, shortcode, stage), found in counts.items()
            if self._period(day)
        ]

    def _days_in(self, stay: Stay) -> Iterable[date]:
        """The days at whose end an interval ran; of an unknown end none."""
        day, end = self.local(stay.entered_at), self.date_of(stay.exited_at)
        if stay.exit == "still_here":
            end = self.local(self.now) + timedelta(days=1)
        while end is not None and day < end:
            yield day
            day += timedelta(days=1)

    def _period(self, day: date) -> str | None:
        today = self.local(self.now)
        year, month = divmod(today.year * 12 + today.month - 1 - MONTHS_OF_DAYS, 12)
        if day >= date(year, month + 1, today.day):
            return "day"
        return "week" if day.isoweekday() == 7 else None

    def time_to_hire(self) -> list[Row]:
        """hiring_time_to_hire."""
        hires: dict[tuple[date, str | None], list[r.Candidate]] = defaultdict(list)
        undone: Counter[tuple[date, str | None]] = Counter()
        for candidate in self.counted:
            department = self.optional_key(self._job_of(candidate).department_id)
            hired_at, undone_at = self.hired_at(candidate), self.undone_at(candidate)
            if hired_at is not None:
                hires[self.month(hired_at), department].append(candidate)
            if undone_at is not None:
                undone[self.month(undone_at), department] += 1
        return [
            self._hires_row(*key, hires.get(key, []), undone[key])
            for key in hires.keys() | undone.keys()
        ]

    def _hires_row(
        self, month: date, department: str | None, hires: list[r.Candidate], undone: int
    ) -> Row:
        measures: dict[str, Callable[[r.Candidate], int | None]] = {
            "days_to_hire": lambda c: self.days(self.engaged_at(c), self.hired_at(c)),
            "days_created_to_hire": lambda c: self.days(self.created_at(c), self.hired_at(c)),
            "days_to_fill": lambda c: self.fill(c)[0],
        }
        row: Row = {
            "account": self.account,
            "month": month,
            "department_key": department,
            "hires": len(hires),
            "hire_undone": undone,
        }
        for name, days in measures.items():
            known = [float(value) for value in map(days, hires) if value is not None]
            row |= {
                f"mean_{name}": mean(known),
                f"median_{name}": quantile(known, 0.5),
                f"p90_{name}": quantile(known, 0.9),
            }
            if name != "days_created_to_hire":
                row[f"hires_with_{name}"] = len(known)
        return row


OF_COHORT = ("job_key", "month", "reporting_stage", "source_category")
MARTS: dict[str, tuple[tuple[str, ...], Callable[[HiringOracle], list[Row]]]] = {
    "hiring_stage_intervals": (
        ("application_key", "interval_number"),
        HiringOracle.stage_intervals,
    ),
    "hiring_applications": (("application_key",), HiringOracle.applications_measured),
    "hiring_funnel": (OF_COHORT, HiringOracle.funnel),
    "hiring_stage_exits": (OF_COHORT, HiringOracle.stage_exits),
    "hiring_velocity": (("job_key", "month", "reporting_stage"), HiringOracle.velocity),
    "hiring_pipeline_daily": (
        ("job_key", "day", "reporting_stage"),
        HiringOracle.pipeline_daily,
    ),
    "hiring_time_to_hire": (("month", "department_key"), HiringOracle.time_to_hire),
}
"""Each mart: what tells its rows apart, and the rows."""

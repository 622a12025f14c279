"""What the demo shows of the tables it built; each figure is one query on the unified tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

_TABLES = """
select table_name
from information_schema.tables
where table_schema = 'workable' and table_type = 'BASE TABLE'
order by table_name
"""

_STAGES = """
select coalesce(applications.current_stage_name, 'unknown') as stage, count(*) as candidates
from workable.ats_applications as applications
left join workable.ats_job_interview_stages as stages
    on applications.current_stage_key = stages.stage_key
where applications.is_open
group by 1
order by avg(stages.position), 1
"""

_OPEN_JOBS = """
select
    jobs.title,
    jobs.department_path as department,
    count(applications.application_key) as candidates
from workable.ats_jobs as jobs
left join workable.ats_applications as applications
    on jobs.job_key = applications.job_key and applications.is_open
where jobs.is_accepting
group by jobs.job_key, jobs.title, jobs.department_path
order by candidates desc, jobs.title, jobs.job_key
"""

_HEADCOUNT = """
select coalesce(departments.path, '(no department)') as department, count(*) as employees
from workable.hris_employees as employees
left join workable.ats_departments as departments
    on employees.department_key = departments.department_key
where employees.status = 'active'
group by 1
order by employees desc, department
"""

_AWAY = """
select
    employees.full_name as employee,
    requests.type_name_raw as type,
    requests.start_date,
    requests.end_date
from workable.hris_timeoff_requests as requests
inner join workable.hris_employees as employees
    on requests.employee_key = employees.employee_key
where
    requests.status = 'approved'
    and requests.start_date <= $sunday
    and requests.end_date >= $monday
order by requests.start_date, employee, type
"""

NEXT_QUERIES = (
    (
        "Where do the people come from who get hired?",
        "select source_category, count(*) as applications, "
        "count(*) filter (where was_hired) as hired "
        "from workable.ats_applications group by all order by hired desc",
    ),
    (
        "How long does a hire take, by month?",
        "select date_trunc('month', hired_at) as month, count(*) as hires, "
        "median(date_diff('day', applied_at, hired_at)) as median_days "
        "from workable.ats_applications where hired_at is not null group by all order by month",
    ),
    (
        "Who of the candidates works here today?",
        "select full_name, job_title, start_date, candidate_link_basis "
        "from workable.hris_employees where candidate_key is not null and status = 'active' order by start_date desc",
    ),
)
"""Questions, and the SQL that answers them."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Summary:
    """Figures from the tables.

    Attributes:
        tables: rows by unified table.
        stages: open candidates by the stage they are in, in the order of the pipelines.
        open_jobs: jobs that take candidates, with how many they have.
        headcount: active employees by department.
        away: who has approved time off in the week of the demo's present.
        week: Monday and Sunday of that week.
    """

    tables: dict[str, int]
    stages: Rows
    open_jobs: Rows
    headcount: Rows
    away: Rows
    week: tuple[date, date]

    def to_json(self) -> dict[str, Any]:
        """Give the object of the machine interface."""
        return {
            "tables": self.tables,
            "candidates_by_stage": self.stages,
            "open_jobs": self.open_jobs,
            "headcount_by_department": self.headcount,
            "week": [day.isoformat() for day in self.week],
            "away_this_week": self.away,
        }


def summarise(database: Path, as_of: datetime) -> Summary:
    """Read the figures.

    Args:
        database: a DuckDB file with the unified tables.
        as_of: the present, UTC; "this week" is the week from Monday to Sunday around it.
    """
    monday = as_of.date() - timedelta(days=as_of.weekday())
    sunday = monday + timedelta(days=6)
    with duckdb.connect(str(database), read_only=True) as connection:
        names = [name for (name,) in connection.execute(_TABLES).fetchall()]
        return Summary(
            tables={name: _count(connection, name) for name in names},
            stages=rows_of(connection, _STAGES),
            open_jobs=rows_of(connection, _OPEN_JOBS),
            headcount=rows_of(connection, _HEADCOUNT),
            away=rows_of(connection, _AWAY, {"monday": monday, "sunday": sunday}),
            week=(monday, sunday),
        )


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f'select count(*) from workable."{table}"').fetchone()
    return int(row[0]) if row else 0


def rows_of(
    connection: duckdb.DuckDBPyConnection, query: str, values: dict[str, Any] | None = None
) -> Rows:
    """Give the rows of a query, by column name; `values` are its named parameters."""
    result = connection.execute(query, values) if values else connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

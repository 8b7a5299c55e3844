"""From rows to a situation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from anju.kernel.cases.engine import situation as engine
from anju.kernel.cases.engine.situation import Situation, State, TaskState
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.published import matter_of
from anju.kernel.cases.models import Case, Task
from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError

PERSONAL = ("applicant_id", "applicant_id_index", "applicant_phone")
"""Columns a move has no business with: they are decrypted only when somebody asks for them."""


@dataclass(slots=True)
class Loaded:
    """A case with its matter, its situation, the rows of the tasks in it by number, and the version of the calendar."""

    case: Case
    matter: Matter
    situation: Situation
    rows: dict[int, Task]
    calendar: int


def load(number: int, *, lock: bool) -> Loaded:
    """A case by its row number, locked against other moves when `lock`. Raises AnjuError `cases.unknown_case`."""
    with prepared.together():  # in this order: the tasks are read after the lock is held
        cases, tasks = prepared.ask(_case_statement(lock), [number]), prepared.ask(_tasks_statement(), [number])
        calendar = prepared.ask("SELECT coalesce(max(id), 0) FROM calendar_notice", [])
    found = cases.fetchone()
    if found is None:
        raise AnjuError.of("cases.unknown_case", "没有这个案件，或不在您的数据范围内。")
    digest, *values = found
    case = prepared.made_of(Case, values, PERSONAL)
    rows = {row.pk: row for row in (prepared.made_of(Task, one) for one in tasks.fetchall())}
    ((version,),) = calendar.fetchall()
    return Loaded(case, matter_of(digest), situation_of(case, rows.values()), rows, version)


@cache
def _case_statement(lock: bool) -> str:
    columns = prepared.read_columns(Case, "c", PERSONAL)
    tail = " FOR UPDATE OF c" if lock else ""
    return f"SELECT m.digest, {columns} FROM cases_case c JOIN cases_matter m ON m.id = c.matter_version_id WHERE c.id = %s{tail}"  # noqa: S608


@cache
def _tasks_statement() -> str:
    columns = prepared.read_columns(Task, "t")
    return f"SELECT {columns} FROM cases_task t WHERE t.case_id = %s AND (t.status IN ('open', 'waiting') OR t.standing) ORDER BY t.id"  # noqa: S608


def situation_of(case: Case, rows: object) -> Situation:
    """The situation that a case and its task rows tell."""
    return Situation(
        state=State(case.state),
        stage=case.stage,
        round=case.round,
        accepted=case.accepted_at is not None,
        tasks=tuple(task_of(row) for row in rows),  # type: ignore[attr-defined]
        way_back=tuple(case.way_back),
        held=State(case.held) if case.held else None,
        suspended_for=case.suspended_for,
        pauses=tuple(case.pauses),
        noticed=case.noticed,
        noticed_round=case.noticed_round,
        extensions=case.extensions,
        data=case.data,
    )


def task_of(row: Task) -> engine.Task:
    """The engine's view of a task row."""
    return engine.Task(
        stage=row.stage,
        step=row.step,
        round=row.round,
        signer=row.signer,
        placed=row.placed,
        state=TaskState(row.status),
        role=row.role,
        upper=row.upper,
        department=row.department_id,
        holder=row.holder_id,
        decision=row.decision,
        decided_by=row.decided_by,
        standing=row.standing,
        level=row.level,
        row=row.pk,
    )

"""From rows to a situation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from anju.kernel.cases.engine import situation as engine
from anju.kernel.cases.engine.situation import ALIVE, Situation, State, TaskState
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.published import matter_of
from anju.kernel.cases.models import Case, Task
from anju.kernel.errors import AnjuError


@dataclass(slots=True)
class Loaded:
    """A case with its matter, its situation and the rows of the tasks in it, by number."""

    case: Case
    matter: Matter
    situation: Situation
    rows: dict[int, Task]


def load(number: int, *, lock: bool) -> Loaded:
    """A case by its row number, locked against other moves when `lock`. Raises AnjuError `cases.unknown_case`."""
    found: QuerySet[Case] = Case.objects.filter(pk=number).annotate(digest=F("matter_version__digest"))
    if lock:
        found = found.select_for_update(of=("self",))
    case = found.first()
    if case is None:
        raise AnjuError.of("cases.unknown_case", "没有这个案件，或不在您的数据范围内。")
    rows = {row.pk: row for row in Task.objects.filter(Q(status__in=ALIVE) | Q(standing=True), case=number).order_by("pk")}
    return Loaded(case, matter_of(case.digest), situation_of(case, rows.values()), rows)  # type: ignore[attr-defined]


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

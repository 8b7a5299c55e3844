"""Write back what a move changed: the move itself, tasks that ended and opened, clocks, the case."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anju.kernel.calendar.counting import counting_day
from anju.kernel.calendar.workdays import WorkingDays
from anju.kernel.cases.engine import situation as engine
from anju.kernel.cases.engine.clocks import ClockOrder, orders
from anju.kernel.cases.engine.situation import Situation
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.models import Case, Move, Task
from anju.kernel.cases.store.clocks import ClockKeeper
from anju.kernel.database import prepared
from anju.kernel.orgs.models import Department, Staff

TASK_COLUMNS = (
    "status", "role", "department_id", "holder_id", "holder_name", "decision", "decided_by", "standing", "ended_at", "used_days",
    "interrupted", "span", "source", "stops_for", "roll", "soon", "state", "started_on", "due_on", "nominal_on", "soon_on", "stopped_on",
    "finished_on", "late", "unknown_year", "calendar_version",
)  # fmt: skip
CASE_COLUMNS = (
    "state", "stage", "round", "way_back", "held", "suspended_for", "pauses", "noticed", "noticed_round", "extensions", "revision",
    "accepted_at", "completed_at", "tacit", "reason", "data", "follow_digest",
)  # fmt: skip


@dataclass(slots=True)
class MoveNote:
    """What the move says of itself. `task`: the row number of the task acted on; `target`: of a return, forward or transfer."""

    verb: str
    task: int | None = None
    step: str = ""
    target: str = ""
    reason: str = ""
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    staff_id: int | None = None
    actor: str = ""
    on_behalf_of: str = ""
    department: str = ""
    entry_id: int | None = None


@dataclass(slots=True)
class Writer:
    """Writes one move of one case. `accepted_at`: since when a silent acceptance counts.

    `rows`: the task rows in the situation before it, by number; new ones are added to it."""

    case: Case
    matter: Matter
    rows: dict[int, Task]
    days: WorkingDays
    at: datetime.datetime
    on: datetime.date
    accepted_at: datetime.datetime | None = None

    def write(self, before: Situation, after: Situation, note: MoveNote) -> Move:
        """Everything the move changed, in the order the database's guards want it."""
        case = self.case
        move = self._move(before, after, note)
        wanted = list(orders(self.matter, before, after))
        self._take(before, after, move)
        self._write(move, after, wanted, case)
        keeper = ClockKeeper(case, self.matter, self.days, self.on)
        since = counting_day(self.accepted_at) if self.accepted_at else None
        for order in wanted:
            if order.task is None:
                keeper.of_case(order, since=since)
        return move

    def begin(self, after: Situation, note: MoveNote) -> Move:
        """The first move of a case whose row has just been inserted with the columns of this situation."""
        move = self._move(None, after, note)
        wanted = list(orders(self.matter, None, after))
        self._write(move, after, wanted, None)
        keeper = ClockKeeper(self.case, self.matter, self.days, self.on)
        for order in wanted:
            if order.task is None:
                keeper.of_case(order)
        return move

    def _move(self, before: Situation | None, after: Situation, note: MoveNote) -> Move:
        case = self.case
        seq = case.revision + 1 if before is not None else 1
        move = Move(
            case=case, region_code=case.region_code, bureau_id=case.bureau_id, seq=seq, verb=note.verb, task_id=note.task, step=note.step,
            from_state=before.state if before else "", from_stage=before.stage if before else "", to_state=after.state,
            to_stage=after.stage, target=note.target, reason=note.reason, text=note.text, data=dict(note.data), staff_id=note.staff_id,
            actor=note.actor, on_behalf_of=note.on_behalf_of, department=note.department, entry_id=note.entry_id, on=self.on, at=self.at,
        )  # fmt: skip
        return move

    def _take(self, before: Situation, after: Situation, move: Move) -> None:
        """The engine's columns of the case."""
        case = self.case
        case.state, case.stage, case.round = after.state, after.stage, after.round
        case.way_back, case.pauses = list(after.way_back), list(after.pauses)
        case.held, case.suspended_for = after.held or "", after.suspended_for
        case.noticed, case.noticed_round, case.extensions = after.noticed, after.noticed_round, after.extensions
        case.data = dict(after.data)
        case.revision = move.seq
        if after.accepted and case.accepted_at is None:
            case.accepted_at = self.accepted_at or self.at
            case.tacit = self.accepted_at is not None
        case.completed_at = self.at if after.final and not before.final else case.completed_at
        if not after.final:
            case.completed_at = None
        if move.reason and (after.final or move.verb == "reopen"):
            case.reason = move.reason

    def _write(self, move: Move, after: Situation, wanted: list[ClockOrder], case: Case | None) -> None:
        """The move, the tasks and the case, sent together; in this order, because the database's guards look at every statement."""
        changed, fresh = self._tasks(after, wanted)
        with prepared.together():
            moved = prepared.insert(move)
            # What stops to stand makes room for what begins to.
            for row in sorted(changed, key=lambda row: row.standing):
                prepared.update(row, TASK_COLUMNS)
            opened = [prepared.insert(row) for _, row in fresh]
            if case is not None:
                prepared.update(case, CASE_COLUMNS)
        prepared.numbered(move, moved)
        for (task, row), answer in zip(fresh, opened, strict=True):
            prepared.numbered(row, answer)
            self.rows[row.pk] = row
            self._stop_at_once(task, row, wanted)

    def _tasks(self, after: Situation, wanted: list[ClockOrder]) -> tuple[list[Task], list[tuple[engine.Task, Task]]]:
        """The rows of tasks that changed and of new ones, with their clocks brought up to date."""
        keeper = ClockKeeper(self.case, self.matter, self.days, self.on)
        changed: list[Task] = []
        fresh: list[tuple[engine.Task, Task]] = []
        for task in after.tasks:
            if task.row is None:
                row = self._new(task)
                for order in wanted:
                    if order.task is task and order.kind == "start":
                        keeper.task(row, order)
                fresh.append((task, row))
                continue
            row = self.rows[task.row]
            mine = [order for order in wanted if order.task is not None and order.task.row == task.row]
            if self._update(row, task) or mine:
                for order in mine:
                    keeper.task(row, order)
                changed.append(row)
        return changed, fresh

    def _stop_at_once(self, task: engine.Task, row: Task, wanted: list[ClockOrder]) -> None:
        """A task that opens while the clocks stand still begins with a stop."""
        keeper = ClockKeeper(self.case, self.matter, self.days, self.on)
        for order in wanted:
            if order.task is task and order.kind != "start":
                keeper.task(row, order)
                prepared.update(row, TASK_COLUMNS)

    def _new(self, task: engine.Task) -> Task:
        case = self.case
        name = self.matter.step(task.step).department if not task.signer else ""
        return Task(
            case=case, region_code=case.region_code, bureau_id=case.bureau_id, stage=task.stage, step=task.step, round=task.round,
            signer=task.signer, placed=task.placed, status=task.state, role=task.role, upper=task.upper, level=task.level,
            department_id=self._department(name) if name else None, holder_id=task.holder, holder_name=name_of(task.holder),
            opened_at=self.at,
        )  # fmt: skip

    def _department(self, name: str) -> int | None:
        return Department.objects.filter(bureau_id=self.case.bureau_id, name=name).values_list("pk", flat=True).first()

    def _update(self, row: Task, task: engine.Task) -> bool:
        """Take the engine's columns of a task; whether anything changed."""
        was = (row.status, row.holder_id, row.decision, row.decided_by, row.standing)
        if row.holder_id != task.holder:
            row.holder_id, row.holder_name = task.holder, name_of(task.holder)
        row.status, row.decision, row.decided_by, row.standing = task.state, task.decision, task.decided_by, task.standing
        if not task.alive and row.ended_at is None:
            row.ended_at = self.at
        return was != (row.status, row.holder_id, row.decision, row.decided_by, row.standing)


def name_of(staff: int | None) -> str:
    """The name of a person, empty for nobody."""
    return "" if staff is None else Staff.objects.filter(pk=staff).values_list("name", flat=True).first() or ""

"""Everything the page of one case shows, read in a fixed number of statements."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.explaining import Explanation, explain
from anju.kernel.calendar.workdays import WorkingDays
from anju.kernel.cases.engine.acting import may_act
from anju.kernel.cases.engine.situation import Officer, Situation
from anju.kernel.cases.matters.declaration import Matter, Stage
from anju.kernel.cases.models import Case, CaseClock, Check, Material, Move, Notice, Objection, Outcome, Publicity, Task
from anju.kernel.cases.officers import officer_for
from anju.kernel.cases.queries.tasks import days_left, standing_of
from anju.kernel.cases.store.clocks import ClockRow, clock_of, events_of
from anju.kernel.cases.store.loading import load
from anju.kernel.errors import AnjuError

MOST_MOVES = 500


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock as a page shows it: how it stands, days left, and why that is so."""

    row: ClockRow
    standing: str
    days: int | None
    account: Explanation

    @property
    def working(self) -> bool:
        """Whether it counts working days."""
        return self.row.span.endswith("wd")


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage on the line: done, here, ahead or skipped, with its tasks of all rounds."""

    stage: Stage
    state: str
    tasks: list[Task]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with everything that belongs to it. `mine`: the open tasks the reader may act on; `officer`: the reader on this case."""

    case: Case
    matter: Matter
    situation: Situation
    stages: list[StageView]
    tasks: list[Task]
    mine: list[Task]
    officer: Officer
    clocks: dict[int, ClockView]
    clock: ClockView | None
    materials: list[Material]
    notices: list[Notice]
    publicities: list[Publicity]
    objections: list[Objection]
    checks: list[Check]
    outcomes: list[Outcome]
    moves: list[Move] = field(default_factory=list)


def case_by_number(number: str, by: Actor) -> Case:
    """A case of the reader's scope by its number. Raises AnjuError `cases.unknown_case`."""
    found = by.scope.narrow(Case.objects.filter(number=number)).first()
    if found is None:
        raise AnjuError.of("cases.unknown_case", "没有这个案件，或不在您的数据范围内。")
    return found


def case_page(case: Case | int, by: Actor, *, on: datetime.date, days: WorkingDays) -> CaseView:
    """The page of one case, for holders of `cases.view` and whoever has a task on it. Raises AnjuError `cases.unknown_case`."""
    loaded = load(case if isinstance(case, int) else case.pk, lock=False)
    if not by.scope.covers(loaded.case.region_code, loaded.case.bureau_id):
        raise AnjuError.of("cases.unknown_case", "没有这个案件，或不在您的数据范围内。")
    officer = officer_for(by, loaded.case, loaded.situation, on)
    mine = {task.row for task in loaded.situation.alive if may_act(task, officer)}
    if not mine:
        by.require("cases.view")
    number = loaded.case.pk
    tasks = list(Task.objects.filter(case=number).order_by("pk"))
    run = CaseClock.objects.filter(case=number).order_by("-run").first()
    timed: list[ClockRow] = [task for task in tasks if task.started_on is not None]
    clocks = _clocks([*timed, *([run] if run else [])], on, days)
    return CaseView(
        case=loaded.case,
        matter=loaded.matter,
        situation=loaded.situation,
        stages=_stages(loaded.matter, loaded.case, tasks),
        tasks=tasks,
        mine=[task for task in tasks if task.pk in mine],
        officer=officer,
        clocks={row.pk: view for row, view in clocks if isinstance(row, Task)},
        clock=next((view for row, view in clocks if isinstance(row, CaseClock)), None),
        materials=list(Material.objects.filter(case=number).order_by("pk")),
        notices=list(Notice.objects.filter(case=number).prefetch_related("items").order_by("pk")),
        publicities=list(Publicity.objects.filter(case=number).order_by("pk")),
        objections=list(Objection.objects.filter(case=number).order_by("pk")),
        checks=list(Check.objects.filter(case=number).order_by("pk")),
        outcomes=list(Outcome.objects.filter(case=number).order_by("pk")),
        moves=list(Move.objects.filter(case=number).order_by("-seq")[:MOST_MOVES]),
    )


def _clocks(rows: list[ClockRow], on: datetime.date, days: WorkingDays) -> list[tuple[ClockRow, ClockView]]:
    events = events_of(rows)
    found = []
    for row in rows:
        kind = "task" if isinstance(row, Task) else "clock"
        account = explain(clock_of(row, events.get((kind, row.pk), [])), days, on, event="转入" if kind == "task" else "受理")
        found.append((row, ClockView(row, standing_of(row, on), days_left(row, on, days), account)))
    return found


def _stages(matter: Matter, case: Case, tasks: list[Task]) -> list[StageView]:
    here = matter.order[case.stage]
    views = []
    for place, stage in enumerate(matter.stages):
        of_stage = [task for task in tasks if task.stage == stage.code]
        standing = any(task.standing for task in of_stage)
        if place == here:
            state = "ended" if case.final else "here"
        elif standing or (place < here and of_stage):
            state = "done" if standing else "ahead"
        else:
            state = "skipped" if place < here else "ahead"
        views.append(StageView(stage, state, of_stage))
    return views

"""Where a case stands: plain immutable data the engine works on, loaded from rows and written back as differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """The state of a case (办理状态)."""

    RECEIVED = "received"
    SUPPLEMENTING = "supplementing"
    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    REFUSED = "refused"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"


FINAL = frozenset({State.COMPLETED, State.REFUSED, State.NOT_ACCEPTED, State.WITHDRAWN, State.TERMINATED})


class TaskState(StrEnum):
    """The state of one activation of a step. Open and waiting ones are alive; the others have ended."""

    OPEN = "open"
    WAITING = "waiting"
    DECIDED = "decided"
    RECALLED = "recalled"
    NOT_NEEDED = "not_needed"


ALIVE = frozenset({TaskState.OPEN, TaskState.WAITING})


@dataclass(frozen=True, slots=True)
class Task:
    """One activation of a step: whose turn it is or was. A step that is done again gets a new one.

    `signer`: 0 for the declared seat, 1, 2, ... for signers added to it (加签); `placed`: before, parallel or after it.
    `standing`: its decision counts now. `row`: its number in the database, None while it has none. `level`: of its stage.
    """

    stage: str
    step: str
    round: int
    signer: int = 0
    placed: str = ""
    state: TaskState = TaskState.OPEN
    role: str = ""
    upper: bool = False
    department: int | None = None
    holder: int | None = None
    decision: str = ""
    decided_by: int | None = None
    standing: bool = False
    level: int | None = None
    row: int | None = None

    @property
    def alive(self) -> bool:
        return self.state in ALIVE

    @property
    def seat(self) -> tuple[str, int]:
        """What it is an activation of; at most one of a seat is alive."""
        return self.step, self.signer


@dataclass(frozen=True, slots=True)
class Situation:
    """A case as the engine sees it.

    `tasks`: those alive or standing, and any that ended since it was loaded. `way_back`: stages that want the case straight back, the
    last one first. `held`: the state a suspended case returns to. `pauses`: reasons for which the clocks were stopped by hand.
    `round`: raised by every return. `noticed`: supplement notices given before acceptance; `supplemented`: rounds that had one after it.
    """

    state: State
    stage: str
    round: int = 1
    accepted: bool = False
    tasks: tuple[Task, ...] = ()
    way_back: tuple[str, ...] = ()
    held: State | None = None
    suspended_for: str = ""
    pauses: tuple[str, ...] = ()
    noticed: int = 0
    noticed_round: int = 0
    extensions: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def final(self) -> bool:
        return self.state in FINAL

    @property
    def alive(self) -> tuple[Task, ...]:
        """The tasks that wait for somebody."""
        return tuple(task for task in self.tasks if task.alive)

    def here(self) -> Iterator[Task]:
        """The tasks of the present stage that are alive or stand."""
        return (task for task in self.tasks if task.stage == self.stage and (task.alive or task.standing))

    def standing(self, stage: str) -> dict[str, str]:
        """Step to standing decision of the declared seats of a stage."""
        return {task.step: task.decision for task in self.tasks if task.stage == stage and task.standing and task.signer == 0}

    def with_tasks(self, change: Mapping[Task, Task]) -> Situation:
        """The same with some tasks replaced."""
        return replace(self, tasks=tuple(change.get(task, task) for task in self.tasks))

    def plus(self, *tasks: Task) -> Situation:
        """The same with further tasks."""
        return replace(self, tasks=(*self.tasks, *tasks))


@dataclass(frozen=True, slots=True)
class Officer:
    """Who makes a move: a member of staff with roles and section, or the house itself (`staff` None and `system`).

    `bench`: whether the officer's bureau is the case's `own`, one `upper` to it, or `other`. `principals`: people whose delegation to
    this officer is in force.
    """

    name: str
    staff: int | None = None
    roles: frozenset[str] = frozenset()
    department: int | None = None
    bench: str = "own"
    principals: tuple[Officer, ...] = ()
    system: bool = False


@dataclass(frozen=True, slots=True)
class PublicityState:
    """The publicity of the present stage: last day, objections still open, objections that were upheld."""

    ends_on: date
    open_objections: int = 0
    upheld: int = 0

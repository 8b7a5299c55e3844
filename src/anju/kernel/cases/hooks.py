"""What slices hang on the moves of their cases: guards that may refuse a decision, handlers that run in the same transaction.

    @guard("public_rental", step="second_review")
    def owned_area_is_known(attempt): ...            # raises AnjuError to refuse

    @on("public_rental", "completed")
    def enter_wait_list(happening): ...

Register them in a module that `apps.ready()` imports.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from anju.kernel.access.actor import Actor
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.models import Case

EVENTS = (
    "opened", "accepted", "noticed", "handed_in", "stage_entered", "decided", "returned", "publicity_started", "publicity_ended",
    "objected", "objection_settled", "check_answered", "promise_kept", "promise_breached", "suspended", "resumed", "extended",
    "completed", "refused", "not_accepted", "withdrawn", "terminated", "reopened",
)  # fmt: skip
"""What may be listened to. `refused` and the other endings are the case's, not a step's."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A decision about to be made. `data`: the step's fields as they will be stored."""

    case: Case
    matter: Matter
    step: str
    choice: str
    by: Actor
    on: datetime.date
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that has happened to a case. The rows are written, the transaction is open.

    `stage`: where the case stands now; `step`, `choice`, `target`, `reason`, `text`, `data`: of the move that did it, where it had them.
    """

    event: str
    case: Case
    matter: Matter
    by: Actor
    on: datetime.date
    stage: str
    step: str = ""
    choice: str = ""
    target: str = ""
    reason: str = ""
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


Guard = Callable[[Attempt], None]
Handler = Callable[[Happening], None]
G = TypeVar("G", bound=Guard)
H = TypeVar("H", bound=Handler)

_guards: dict[tuple[str, str, str], list[Guard]] = {}
_handlers: dict[tuple[str, str], list[Handler]] = {}


def guard(matter: str, *, step: str = "*", choice: str = "agree") -> Callable[[G], G]:
    """Ask this function before a decision on a step (or any step) of a matter; it refuses by raising AnjuError."""

    def register(function: G) -> G:
        known = _guards.setdefault((matter, step, choice), [])
        if function not in known:
            known.append(function)
        return function

    return register


def on(matter: str, *events: str) -> Callable[[H], H]:
    """Call this function when one of these events happens to a case of the matter, in the order of registration."""
    if unknown := set(events) - set(EVENTS):
        raise ValueError(f"no such event: {sorted(unknown)}")

    def register(function: H) -> H:
        for event in events:
            known = _handlers.setdefault((matter, event), [])
            if function not in known:
                known.append(function)
        return function

    return register


def forget(matter: str) -> None:
    """Take everything off a matter; tests clean up with it."""
    for key in [key for key in _guards if key[0] == matter]:
        del _guards[key]
    for listened in [key for key in _handlers if key[0] == matter]:
        del _handlers[listened]


def ask_guards(attempt: Attempt) -> None:
    """Raise what the first guard that objects raises."""
    for step in (attempt.step, "*"):
        for each in _guards.get((attempt.matter.name, step, attempt.choice), ()):
            each(attempt)


def tell(happening: Happening) -> None:
    """Call every handler of the event."""
    for each in _handlers.get((happening.matter.name, happening.event), ()):
        each(happening)


def listens(matter: str, event: str) -> bool:
    """Whether anybody wants to know."""
    return (matter, event) in _handlers

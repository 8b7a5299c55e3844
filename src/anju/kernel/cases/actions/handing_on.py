"""Whose hands a task lies in."""

from __future__ import annotations

import datetime

from anju.kernel.access.actor import Actor
from anju.kernel.cases.engine import handing_on
from anju.kernel.cases.models import Case
from anju.kernel.cases.moving import moving
from anju.kernel.cases.officers import colleague


def claim(case: Case | int, step: str, *, by: Actor, signer: int = 0, key: str | None = None, at: datetime.datetime | None = None) -> Case:
    """Take a task out of its queue (接办). Needs `cases.work`. Raises AnjuError `cases.already_held`, `cases.same_person`."""
    by.require("cases.work")
    with moving(case, "claim", by=by, key=key, at=at) as held:
        if not held.repeated:
            after = handing_on.claim(held.matter, held.situation, step, signer, by=held.officer)
            held.make(after, "claim", task=held.row(step, signer))
    return held.case


def release(case: Case | int, step: str, *, by: Actor, text: str = "", key: str | None = None, at: datetime.datetime | None = None) -> Case:
    """Put a task back into its queue (放回)."""
    by.require("cases.work")
    with moving(case, "release", by=by, key=key, at=at) as held:
        if not held.repeated:
            after = handing_on.release(held.matter, held.situation, step, by=held.officer)
            held.make(after, "release", task=held.row(step), text=text)
    return held.case


def transfer(
    case: Case | int,
    step: str,
    to: int,
    *,
    by: Actor,
    text: str = "",
    signer: int = 0,
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Case:
    """Give a task to a colleague who could have taken it (转交). Whoever holds `cases.assign` may do so without holding the task.

    `to`: the colleague's staff number. Raises Forbidden `cases.not_yours`, AnjuError `cases.unknown_person`, `cases.same_person`.
    """
    by.require("cases.work")
    with moving(case, "transfer", by=by, key=key, at=at) as held:
        if not held.repeated:
            person = colleague(to, held.case)
            after = handing_on.transfer(
                held.matter, held.situation, step, signer, to=person, by=held.officer, assigning=by.may("cases.assign")
            )
            held.make(after, "transfer", task=held.row(step, signer), target=str(to), text=text or person.name)
    return held.case


def add_signer(
    case: Case | int,
    step: str,
    person: int,
    placed: str,
    *,
    by: Actor,
    text: str = "",
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Case:
    """Ask one more colleague to sign (加签). `placed`: `before` (an opinion the step waits for), `parallel` or `after` (must agree too)."""
    by.require("cases.work")
    with moving(case, "add_signer", by=by, key=key, at=at) as held:
        if not held.repeated:
            signer = colleague(person, held.case)
            after = handing_on.add_signer(held.matter, held.situation, step, placed, signer=signer, by=held.officer)
            held.make(after, "add_signer", task=held.row(step), target=str(person), text=text or signer.name, data={"placed": placed})
    return held.case

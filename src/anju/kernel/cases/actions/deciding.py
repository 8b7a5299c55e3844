"""Decide on a step, return it, sign as an added signer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from anju.kernel.access.actor import Actor
from anju.kernel.cases import hooks
from anju.kernel.cases.engine.deciding import Decision
from anju.kernel.cases.engine.deciding import decide as decided
from anju.kernel.cases.fields import read_fields
from anju.kernel.cases.models import Case
from anju.kernel.cases.moving import moving, written


def decide(
    case: Case | int,
    step: str,
    choice: str,
    *,
    by: Actor,
    to: str = "",
    reason: str = "",
    text: str = "",
    data: Mapping[str, Any] | None = None,
    signer: int = 0,
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Case:
    """Make a decision on an open task: `agree`, `refuse` (with reason code and text), `forward` (with `to`), `return` (with `to`, text).

    `data`: the fields the step asks for. `signer`: the number of an added signer's task. Needs `cases.work` and the step's role, or
    the task in hand. Raises Forbidden `cases.not_yours`; AnjuError `cases.same_person`, `cases.material_missing`, `cases.check_missing`,
    `cases.publicity_running`, `cases.objection_open`, `cases.promise_open`, `cases.reason_missing`, `cases.no_return`; what guards raise.
    """
    by.require("cases.work")
    with moving(case, "decide", by=by, key=key, at=at) as held:
        if held.repeated:
            return held.case
        row = held.row(step, signer)
        decision = Decision(step, choice, signer, to, reason, written(text))
        after = decided(held.matter, held.situation, decision, by=held.officer, holdings=held.holdings, today=held.on)
        fields = {} if signer else read_fields(held.matter.step(step), data or {}, complete=choice in ("agree", "forward"))
        if not signer:
            hooks.ask_guards(hooks.Attempt(held.case, held.matter, step, choice, by, held.on, decision.text, fields))
        held.make(after, "sign" if signer else choice, task=row, target=to, reason=reason, text=text, data=fields)
    return held.case


def return_to(
    case: Case | int, step: str, to: str, *, text: str, by: Actor, key: str | None = None, at: datetime.datetime | None = None
) -> Case:
    """Return a case from a step to an earlier stage or step; what is kept and where it goes afterwards: decision record 0016."""
    return decide(case, step, "return", to=to, text=text, by=by, key=key, at=at)

"""Stop, restart and extend the clocks of a case by hand."""

from __future__ import annotations

import datetime

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.spans import Span
from anju.kernel.cases.engine import clocks
from anju.kernel.cases.engine.acting import may_act
from anju.kernel.cases.engine.refusing import forbid
from anju.kernel.cases.models import Case
from anju.kernel.cases.moving import Moving, moving
from anju.kernel.cases.store.clocks import ClockKeeper


def pause_clock(
    case: Case | int, reason: str, *, by: Actor, text: str = "", key: str | None = None, at: datetime.datetime | None = None
) -> Case:
    """Stop the clocks for a reason the matter allows: site visit, appraisal, ... (行政许可法第四十五条). Needs an open task of the case."""
    by.require("cases.work")
    with moving(case, "pause_clock", by=by, key=key, at=at) as held:
        if not held.repeated:
            _require_task(held)
            held.make(clocks.pause(held.matter, held.situation, reason), "pause", reason=reason, text=text)
    return held.case


def restart_clock(
    case: Case | int, reason: str, *, by: Actor, text: str = "", key: str | None = None, at: datetime.datetime | None = None
) -> Case:
    """Let the clocks run again."""
    by.require("cases.work")
    with moving(case, "restart_clock", by=by, key=key, at=at) as held:
        if not held.repeated:
            _require_task(held)
            held.make(clocks.unpause(held.situation, reason), "unpause", reason=reason, text=text)
    return held.case


def extend_clock(
    case: Case | int, span: str, *, document: str, by: Actor, text: str = "", key: str | None = None, at: datetime.datetime | None = None
) -> Case:
    """Allow the case more time (延长), by the role and up to the length the matter sets, with the number of the approving document.

    `span`: `10wd`. Raises AnjuError `cases.no_extension`, `calendar.extension_refused`, `calendar.run_out` when it is over already.
    """
    by.require("cases.work")
    with moving(case, "extend_clock", by=by, key=key, at=at, reason=text) as held:
        if not held.repeated:
            after = clocks.extend(held.matter, held.situation, by=held.officer)
            longer = Span.parse(span)
            held.make(after, "extend", target=str(longer), text=text, data={"document": document})
            ClockKeeper(held.case, held.matter, held.days, held.on).extend(
                longer, document=document, approved_by=by.name, reason=text[:200]
            )
    return held.case


def _require_task(held: Moving) -> None:
    if not any(may_act(task, held.officer) for task in held.situation.alive):
        forbid("not_yours", "这件现在不在您手中。", "请由经办人办理。")

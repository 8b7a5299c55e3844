"""What happens to a whole case."""

from __future__ import annotations

import datetime

from anju.kernel.access.actor import Actor
from anju.kernel.cases.engine import lifting
from anju.kernel.cases.engine.refusing import forbid
from anju.kernel.cases.models import Case
from anju.kernel.cases.moving import moving


def suspend(case: Case | int, reason: str, *, text: str, by: Actor, key: str | None = None, at: datetime.datetime | None = None) -> Case:
    """Suspend a case for a legal reason of the matter (中止). All clocks stand still. Needs `cases.suspend`."""
    by.require("cases.suspend")
    with moving(case, "suspend", by=by, key=key, at=at, reason=text) as held:
        if not held.repeated:
            held.make(lifting.suspend(held.matter, held.situation, reason), "suspend", reason=reason, text=text)
    return held.case


def resume(case: Case | int, *, by: Actor, text: str = "", key: str | None = None, at: datetime.datetime | None = None) -> Case:
    """Take a suspended case up where it stood (恢复). Needs `cases.suspend`."""
    by.require("cases.suspend")
    with moving(case, "resume", by=by, key=key, at=at) as held:
        if not held.repeated:
            held.make(lifting.resume(held.situation), "resume", text=text)
    return held.case


def withdraw(case: Case | int, *, text: str, by: Actor, key: str | None = None, at: datetime.datetime | None = None) -> Case:
    """The applicant withdraws (撤回), up to the stage the matter allows. Needs `cases.open`: the counter, or the applicant's own page."""
    by.require("cases.open")
    with moving(case, "withdraw", by=by, key=key, at=at) as held:
        if not held.repeated:
            held.make(lifting.withdraw(held.matter, held.situation), "withdraw", text=text)
    return held.case


def terminate(case: Case | int, reason: str, *, text: str, by: Actor, key: str | None = None, at: datetime.datetime | None = None) -> Case:
    """End a case without a decision (终止). Needs the matter's role for it, or `cases.suspend` where it names none."""
    with moving(case, "terminate", by=by, key=key, at=at, reason=text) as held:
        if not held.repeated:
            role = held.matter.terminate_role
            if not held.officer.system and (role not in by.roles if role else not by.may("cases.suspend")):
                forbid("not_yours", f"{by.name}不能终止案件。", "请由有此职责的人决定。")
            held.make(lifting.terminate(held.matter, held.situation, reason), "terminate", reason=reason, text=text)
    return held.case


def reopen(
    case: Case | int, to: str, reason: str, *, text: str, by: Actor, key: str | None = None, at: datetime.datetime | None = None
) -> Case:
    """Take a finished case up again at a stage (重新办理). Needs the role the matter names; a new run of its clock begins."""
    by.require("cases.work")
    with moving(case, "reopen", by=by, key=key, at=at, reason=text) as held:
        if not held.repeated:
            after = lifting.reopen(held.matter, held.situation, to, reason, by=held.officer)
            held.make(after, "reopen", target=to, reason=reason, text=text)
    return held.case

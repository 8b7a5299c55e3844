"""Which clocks a move starts, stops and ends: derived from the two situations, so no move can forget one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from anju.kernel.cases.engine.refusing import forbid, refuse, require_state
from anju.kernel.cases.engine.situation import Officer, Situation, State, Task, TaskState
from anju.kernel.cases.matters.declaration import Matter, Term

Kind = Literal["start", "stop", "go", "end"]


@dataclass(frozen=True, slots=True)
class ClockOrder:
    """One thing to do with a clock: that of a task, or of the whole case (`task` None). `reason`: why it stops."""

    kind: Kind
    task: Task | None = None
    limit: Term | None = None
    reason: str = ""


def case_stops(matter: Matter, situation: Situation) -> str:
    """Why the case clock stands still, empty when it runs. A suspension always stops it; anything else only if the matter says so."""
    if situation.state == State.SUSPENDED:
        return situation.suspended_for
    allowed = matter.clock.stops_for if matter.clock else ()
    stage = matter.stage(situation.stage)
    wanted = [
        "supplement" if situation.state == State.SUPPLEMENTING else "",
        stage.off_clock,
        *situation.pauses,
    ]
    return next((reason for reason in wanted if reason and reason in allowed), "")


def task_stops(situation: Situation) -> str:
    """Why the clocks of the open tasks stand still, empty when they run."""
    if situation.state == State.SUSPENDED:
        return situation.suspended_for
    if situation.state == State.SUPPLEMENTING:
        return "supplement"
    return situation.pauses[0] if situation.pauses else ""


def has_clock(task: Task) -> bool:
    """Whether a task's clock has begun: a signer after the seat has none until its turn comes."""
    return task.alive and not (task.state == TaskState.WAITING and task.placed == "after")


def runs(situation: Situation) -> bool:
    """Whether the case has a clock of its own now: from acceptance to the end."""
    return situation.accepted and not situation.final


def orders(matter: Matter, before: Situation | None, after: Situation) -> Iterator[ClockOrder]:
    """What to do with the clocks after a move; `before` None for a new case."""
    yield from _case_orders(matter, before, after)
    ticking = set() if before is None else {task.row for task in before.tasks if has_clock(task)}
    was = "" if before is None else task_stops(before)
    now = task_stops(after)
    for task in after.tasks:
        if task.row is None or task.row not in ticking:
            if task.state == TaskState.OPEN and (limit := matter.step(task.step).limit) is not None:
                yield ClockOrder("start", task, limit)
                if now:
                    yield ClockOrder("stop", task, reason=now)
        elif not task.alive:
            yield ClockOrder("end", task)
        elif was != now:
            if was:
                yield ClockOrder("go", task)
            if now:
                yield ClockOrder("stop", task, reason=now)


def _case_orders(matter: Matter, before: Situation | None, after: Situation) -> Iterator[ClockOrder]:
    if matter.clock is None:
        return
    ran, is_running = before is not None and runs(before), runs(after)
    was = case_stops(matter, before) if before is not None and ran else ""
    now = case_stops(matter, after) if is_running else ""
    if not ran and is_running:
        yield ClockOrder("start", limit=matter.clock.limit)
    if ran and not is_running:
        yield ClockOrder("end")
    elif was != now:
        if was:
            yield ClockOrder("go")
        if now:
            yield ClockOrder("stop", reason=now)


def pause(matter: Matter, situation: Situation, reason: str) -> Situation:
    """Stop the clocks by hand, for a reason the matter allows (现场勘查, 鉴定, ...); a decision starts them again."""
    require_state(situation, State.RUNNING, doing="停表")
    allowed = [one for one in (matter.clock.stops_for if matter.clock else ()) if one not in ("supplement", "publicity")]
    if reason not in allowed or reason in situation.pauses:
        refuse("reason_missing", "停表没有本事项允许的事由，或已经停表。", f"可选：{'、'.join(allowed) or '无'}。", where="事由")
    return replace(situation, pauses=(*situation.pauses, reason))


def extend(matter: Matter, situation: Situation, *, by: Officer) -> Situation:
    """Allow the case clock more time, as often and by whom the matter says."""
    require_state(situation, State.RUNNING, State.SUPPLEMENTING, doing="延长办理期限")
    terms = matter.clock.extension if matter.clock else None
    if terms is None or not situation.accepted:
        refuse("no_extension", "本事项的办理期限不能延长。", "请在期限内办结。")
    if not by.system and terms.role not in by.roles:
        forbid("not_yours", f"{by.name}不能批准延长。", "请由有此职责的人批准。")
    if situation.extensions >= terms.times:
        refuse("no_extension", f"办理期限至多延长{terms.times}次，已经延长过。", "请在期限内办结。")
    return replace(situation, extensions=situation.extensions + 1)


def publish(matter: Matter, situation: Situation) -> Situation:
    """A publicity begins: the clocks stop if the matter says that it stops them."""
    stops = matter.clock is not None and "publicity" in matter.clock.stops_for
    return replace(situation, pauses=(*situation.pauses, "publicity")) if stops and "publicity" not in situation.pauses else situation


def publicity_over(situation: Situation) -> Situation:
    """A publicity has run its days: the clocks go on."""
    return replace(situation, pauses=tuple(one for one in situation.pauses if one != "publicity"))


def unpause(situation: Situation, reason: str) -> Situation:
    """Start the clocks again."""
    require_state(situation, State.RUNNING, doing="恢复计时")
    if reason not in situation.pauses:
        refuse("reason_missing", "没有因为这个事由停表。", "请刷新页面。", where="事由")
    return replace(situation, pauses=tuple(one for one in situation.pauses if one != reason))

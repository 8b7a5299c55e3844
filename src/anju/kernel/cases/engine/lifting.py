"""What happens to a whole case: opening, suspending, resuming, withdrawing, terminating, taking it up again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from anju.kernel.cases.engine.refusing import forbid, refuse, require_alive, require_state
from anju.kernel.cases.engine.situation import FINAL, Officer, Situation, State
from anju.kernel.cases.engine.walking import end, enter, settle
from anju.kernel.cases.matters.declaration import Matter


def begin(matter: Matter, data: Mapping[str, Any]) -> Situation:
    """A new case. Without a stage of acceptance it is accepted by being opened."""
    accepted = not matter.has_acceptance
    situation = Situation(State.RUNNING if accepted else State.RECEIVED, matter.first.code, accepted=accepted, data=data)
    return settle(matter, enter(matter.first, situation))


def suspend(matter: Matter, situation: Situation, reason: str) -> Situation:
    """Stop everything for a legal reason (中止); all clocks stand still."""
    require_state(situation, State.RECEIVED, State.SUPPLEMENTING, State.RUNNING, doing="中止")
    if reason not in matter.suspensions:
        known = "、".join(matter.suspensions.values()) or "本事项不能中止"
        refuse("reason_missing", "中止没有法定事由。", f"可选：{known}。", where="事由")
    return replace(situation, state=State.SUSPENDED, held=situation.state, suspended_for=reason, pauses=())


def resume(situation: Situation) -> Situation:
    """Take a suspended case up where it stood."""
    require_state(situation, State.SUSPENDED, doing="恢复")
    assert situation.held is not None
    return replace(situation, state=situation.held, held=None, suspended_for="")


def withdraw(matter: Matter, situation: Situation) -> Situation:
    """The applicant takes the application back (撤回), up to the stage the matter allows."""
    require_alive(situation, "撤回")
    last = matter.withdraw_until
    if last and matter.order[situation.stage] > matter.order[last]:
        refuse("too_late", f"过了“{matter.stage(last).title}”不能再撤回。", "请按程序终止或办结。")
    return end(situation, State.WITHDRAWN)


def terminate(matter: Matter, situation: Situation, reason: str) -> Situation:
    """End the case without a decision, for a reason the matter knows (终止)."""
    require_alive(situation, "终止")
    if reason not in matter.terminations:
        refuse("reason_missing", "终止没有事由。", f"可选：{'、'.join(matter.terminations.values())}。", where="事由")
    return end(situation, State.TERMINATED)


def reopen(matter: Matter, situation: Situation, to: str, reason: str, *, by: Officer) -> Situation:
    """Take a finished case up again at a stage the matter names; everything from there on is decided anew."""
    require_state(situation, *FINAL, doing="重新办理")
    terms = matter.reopening
    if terms is None:
        refuse("no_reopening", "本事项办结后不能重新办理。", "请另行立案。")
    if not by.system and terms.role not in by.roles:
        forbid("not_yours", f"{by.name}不能决定重新办理。", "请由有此职责的人决定。")
    if reason not in terms.reasons:
        refuse("reason_missing", "重新办理没有事由。", f"可选：{'、'.join(terms.reasons.values())}。", where="事由")
    stage = matter.by_stage.get(to)
    beyond = stage is not None and matter.order[to] > matter.order[situation.stage]
    if to not in terms.to or stage is None or beyond or (not situation.accepted and not stage.is_accept):
        words = "、".join(matter.stage(code).title for code in terms.to)
        refuse("no_return", f"不能从“{to}”重新办理。", f"可以从：{words}。", where="重新办理")
    first = matter.order[to]
    tasks = tuple(replace(task, standing=task.standing and matter.order[task.stage] < first) for task in situation.tasks)
    state = State.RUNNING if situation.accepted else State.RECEIVED
    return enter(stage, replace(situation, state=state, tasks=tasks, round=situation.round + 1, way_back=(), extensions=0))

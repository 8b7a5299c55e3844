"""One-time supplement notices, handing in, and acceptance by silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from anju.kernel.cases.engine.acting import find_task, require_may_act
from anju.kernel.cases.engine.refusing import refuse, require_state
from anju.kernel.cases.engine.situation import Officer, Situation, State, TaskState
from anju.kernel.cases.engine.walking import open_seats, settle
from anju.kernel.cases.matters.declaration import APPLICANT, Matter
from anju.kernel.cases.matters.returning import return_rule

MOST_ITEMS = 40


def notify(matter: Matter, situation: Situation, step: str, items: Sequence[str], *, by: Officer) -> Situation:
    """Tell the applicant everything that is missing, at one time (行政许可法第三十二条; GN-09).

    Before acceptance as often as the matter says (once); afterwards only by steps that may return to the applicant, once a round.
    Other seats of a parallel stage stay open and wait.
    """
    require_state(situation, State.RECEIVED, State.RUNNING, doing="告知补正")
    task = find_task(matter, situation, step)
    require_may_act(matter, task, by)
    if not items or any(not item.strip() for item in items) or len(items) > MOST_ITEMS:
        refuse("items_missing", "没有逐项写明要补正什么。", f"请一次列全，至多{MOST_ITEMS}项。", where="补正内容")
    if situation.accepted:
        rule = return_rule(matter, matter.step(step), APPLICANT)
        if not rule.allowed:
            refuse("no_return", f"{rule.why_not}。", "受理以后只有事项写明的环节可以告知补正。")
        if situation.noticed_round == situation.round:
            refuse("already_noticed", "这一轮已经告知过补正。", "一次性告知只能一次，请不予或继续办理。")
    elif situation.noticed >= matter.supplement.times:
        refuse("already_noticed", "已经一次性告知过，不能再次告知补正。", "请受理或不予受理。")
    told = replace(task, state=TaskState.DECIDED, decision="supplement", decided_by=by.staff)
    noticed = situation.noticed if situation.accepted else situation.noticed + 1
    round_ = situation.round if situation.accepted else situation.noticed_round
    return replace(situation.with_tasks({task: told}), state=State.SUPPLEMENTING, noticed=noticed, noticed_round=round_, pauses=())


def hand_in(matter: Matter, situation: Situation) -> Situation:
    """The applicant has handed in what was asked for: the seat that asked is open again."""
    require_state(situation, State.SUPPLEMENTING, doing="接收补正材料")
    state = State.RUNNING if situation.accepted else State.RECEIVED
    return open_seats(matter.stage(situation.stage), replace(situation, state=state))


def accept_by_silence(matter: Matter, situation: Situation) -> Situation:
    """Nobody said anything within the limit: the application counts as accepted from the day it was received (行政许可法第三十二条)."""
    require_state(situation, State.RECEIVED, doing="视为受理")
    if not matter.silence_accepts:
        refuse("no_silence", "本事项逾期不告知不视为受理。", "请受理或不予受理。")
    task = next(task for task in situation.alive if task.step == "accept")
    silent = replace(task, state=TaskState.DECIDED, decision="agree", decided_by=None, standing=True)
    situation = situation.with_tasks({task: silent})
    return settle(matter, replace(situation, state=State.RUNNING, accepted=True))

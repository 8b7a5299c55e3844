"""A decision on an open task: agree, refuse, return, forward. Everything it must satisfy is checked before anything changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from anju.kernel.cases.engine.acting import find_task, require_may_act, require_other_person
from anju.kernel.cases.engine.holdings import Holdings
from anju.kernel.cases.engine.refusing import refuse, require_state
from anju.kernel.cases.engine.situation import Officer, Situation, State, Task, TaskState
from anju.kernel.cases.engine.walking import close, end, enter, go_back, settle
from anju.kernel.cases.matters.conditions import holds
from anju.kernel.cases.matters.declaration import APPLICANT, Matter, Step
from anju.kernel.cases.matters.returning import return_rule, targets_of, title_of
from anju.kernel.cases.matters.words import DECISIONS


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on which seat. `to`: the target of a return or forward. `reason`: a code of the refusals; `text`: in words."""

    step: str
    choice: str
    signer: int = 0
    to: str = ""
    reason: str = ""
    text: str = ""


def decide(matter: Matter, situation: Situation, decision: Decision, *, by: Officer, holdings: Holdings, today: date) -> Situation:
    """The situation after the decision. Raises AnjuError `cases.…`; the situation given is never changed."""
    states = (State.RUNNING, State.RECEIVED) if situation.stage == "accept" else (State.RUNNING,)
    require_state(situation, *states, doing="作决定")
    task = find_task(matter, situation, decision.step, decision.signer)
    require_may_act(matter, task, by)
    step = matter.step(task.step)
    _well_formed(matter, step, task, decision)
    require_other_person(matter, situation, task, by.staff)
    if matter.stage(task.stage).alone:
        situation = replace(situation, pauses=())
    if task.signer:
        return _signed(matter, situation, task, decision, by)
    if decision.choice == "return":
        return _returned(matter, situation, task, decision, by)
    if decision.choice == "agree":
        _require_ready(matter, situation, step, holdings, today)
    after = _carried_out(matter, situation, task, decision, by)
    if after.state == State.COMPLETED and (waiting := holdings.promised()):
        refuse("promise_open", f"容缺材料还没有补齐：{'、'.join(waiting)}。", "补齐并核对后才能办结（容缺受理不降低办理条件）。")
    return after


def _well_formed(matter: Matter, step: Step, task: Task, decision: Decision) -> None:
    allowed = ("agree", "refuse") if task.signer else tuple(step.decisions)
    if decision.choice not in allowed:
        words = "、".join(step.decisions.get(word, DECISIONS[word]) for word in allowed)
        refuse("no_such_decision", f"“{step.title}”不能作“{DECISIONS.get(decision.choice, decision.choice)}”的决定。", f"可以：{words}。")
    if decision.choice == "refuse":
        if not task.signer and decision.reason not in matter.refusals:
            refuse("reason_missing", "不予的决定没有选理由。", f"可选：{'、'.join(matter.refusals.values())}。", where="理由")
        if not decision.text.strip():
            refuse("text_missing", "没有写明不予的理由。", "请写清事实和依据，申请人会看到。", where="说明")
    if decision.choice == "return" and not decision.text.strip():
        refuse("text_missing", "没有写明为什么退回。", "请写清要改什么。", where="说明")


def _require_ready(matter: Matter, situation: Situation, step: Step, holdings: Holdings, today: date) -> None:
    """Papers, checks and publicity that this step waits for."""
    if lacking := holdings.lacking(step.stage):
        advice = "请先收齐，或一次性告知申请人补正。"
        refuse("material_missing", f"必需的材料还没有交：{'、'.join(lacking)}。", advice, where="材料")
    if step.checks and (unchecked := holdings.unchecked(step.code)):
        refuse("check_missing", f"核查还没有全部通过：{'、'.join(unchecked)}。", "等结果返回，或不予、退回。", where="并联核查")
    if matter.stage(step.stage).publicity is not None:
        _require_published(holdings, today)


def _require_published(holdings: Holdings, today: date) -> None:
    """GN-07: publicity must have ended with no objection open, and none upheld."""
    publicity = holdings.publicity()
    if publicity is None:
        refuse("not_published", "公示还没有开始。", "请先发布公示。")
    if today <= publicity.ends_on:
        refuse("publicity_running", f"公示到{publicity.ends_on}为止，还没有期满。", "期满次日起才能进入下一步。")
    if publicity.open_objections:
        refuse("objection_open", f"还有{publicity.open_objections}件异议没有处理。", "请先核实并书面答复。")
    if publicity.upheld:
        refuse("objection_upheld", "异议成立，不能通过公示。", "请不予，或退回前面的环节重新办理。")


def _decided(task: Task, decision: Decision, by: Officer, *, standing: bool) -> Task:
    return replace(task, state=TaskState.DECIDED, decision=decision.choice, decided_by=by.staff, standing=standing)


def _carried_out(matter: Matter, situation: Situation, task: Task, decision: Decision, by: Officer) -> Situation:
    situation = situation.with_tasks({task: _decided(task, decision, by, standing=True)})
    stage = matter.stage(situation.stage)
    if stage.is_accept and not situation.accepted:
        if decision.choice == "refuse":
            return end(situation, State.NOT_ACCEPTED)
        situation = replace(situation, state=State.RUNNING, accepted=True)
    if decision.choice == "forward":
        return _forwarded(matter, situation, task, decision.to)
    if decision.choice == "refuse":
        situation = situation.with_tasks(_recalled_signers(situation, task))
    else:
        situation = situation.with_tasks(_woken_signers(situation, task))
    return settle(matter, situation)


def _woken_signers(situation: Situation, task: Task) -> dict[Task, Task]:
    """Signers after this seat have their turn now."""
    return {one: replace(one, state=TaskState.OPEN) for one in situation.alive if one.step == task.step and one.placed == "after"}


def _recalled_signers(situation: Situation, task: Task) -> dict[Task, Task]:
    """Signers after a seat that refused have nothing to sign."""
    return {one: replace(one, state=TaskState.NOT_NEEDED) for one in situation.alive if one.step == task.step and one.placed == "after"}


def _forwarded(matter: Matter, situation: Situation, task: Task, target: str) -> Situation:
    step = matter.step(task.step)
    if target not in step.forwards:
        words = "、".join(matter.stage(code).title for code in step.forwards)
        refuse("no_forward", f"“{step.title}”不能转到“{target}”。", f"可以转到：{words}。")
    if not holds(matter.stage(target).when, situation.data):
        refuse("not_for_this_case", f"“{matter.stage(target).title}”不适用于本案。", "请按本案情况选择。")
    situation = close(situation, TaskState.NOT_NEEDED)
    return settle(matter, enter(matter.stage(target), replace(situation, way_back=())))


def _returned(matter: Matter, situation: Situation, task: Task, decision: Decision, by: Officer) -> Situation:
    step = matter.step(task.step)
    if decision.to == APPLICANT:
        refuse("items_missing", "退回申请人要写明全部需要补正的材料。", "请用一次性告知。")
    rule = return_rule(matter, step, decision.to)
    target = matter.by_stage.get(rule.stage)
    if rule.allowed and target is not None and target.code != situation.stage and not situation.standing(target.code):
        rule = replace(rule, why_not=f"本案没有经过“{target.title}”")
    if not rule.allowed or target is None:
        words = "、".join(title_of(matter, one.target) for one in targets_of(matter, step)) or "没有可退回的环节"
        refuse("no_return", f"{rule.why_not}。", f"可以退回：{words}。", where="退回到")
    situation = situation.with_tasks({task: _decided(task, decision, by, standing=False)})
    own = step.on_return or matter.stage(step.stage).on_return
    return go_back(matter, situation, target, rule.named, straight=rule.straight, leaving=(step.code,), rule=own)


def _signed(matter: Matter, situation: Situation, task: Task, decision: Decision, by: Officer) -> Situation:
    """An added signer's word. Before: an opinion, after which the seat is open again. Parallel and after: it must agree as well."""
    situation = situation.with_tasks({task: _decided(task, decision, by, standing=True)})
    if task.placed != "before":
        return settle(matter, situation)
    still = any(one.alive and one.step == task.step and one.placed == "before" for one in situation.tasks)
    seat = next(one for one in situation.alive if one.seat == (task.step, 0))
    return situation if still else situation.with_tasks({seat: replace(seat, state=TaskState.OPEN)})

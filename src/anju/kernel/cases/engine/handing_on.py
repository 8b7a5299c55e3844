"""Whose hands a task lies in: claim, give back, transfer, add a signer."""

from __future__ import annotations

from dataclasses import replace

from anju.kernel.cases.engine.acting import find_task, may_act, require_may_act, require_other_person
from anju.kernel.cases.engine.refusing import forbid, refuse, require_state
from anju.kernel.cases.engine.situation import Officer, Situation, State, TaskState
from anju.kernel.cases.matters.declaration import Matter

MOST_SIGNERS = 9
PLACES = ("before", "parallel", "after")
_WORKING = (State.RECEIVED, State.RUNNING, State.SUPPLEMENTING)


def claim(matter: Matter, situation: Situation, step: str, signer: int = 0, *, by: Officer) -> Situation:
    """Take a task out of the queue."""
    require_state(situation, *_WORKING, doing="接办")
    task = find_task(matter, situation, step, signer)
    require_may_act(matter, task, by)
    if task.holder is not None or by.staff is None:
        refuse("already_held", "这件已经有人接办。", "请刷新页面。")
    require_other_person(matter, situation, task, by.staff)
    return situation.with_tasks({task: replace(task, holder=by.staff)})


def release(matter: Matter, situation: Situation, step: str, signer: int = 0, *, by: Officer) -> Situation:
    """Put a task back into the queue it came from. A signer's task has no queue."""
    require_state(situation, *_WORKING, doing="放回")
    task = find_task(matter, situation, step, signer)
    require_may_act(matter, task, by)
    if task.holder is None or task.signer:
        refuse("not_held", "这件不在您手中，或没有可放回的队列。", "请刷新页面。")
    return situation.with_tasks({task: replace(task, holder=None)})


def transfer(matter: Matter, situation: Situation, step: str, signer: int = 0, *, to: Officer, by: Officer, assigning: bool) -> Situation:
    """Give a task to another officer who could have taken it. `assigning`: `by` distributes work and need not hold it."""
    require_state(situation, *_WORKING, doing="转交")
    task = find_task(matter, situation, step, signer)
    if not assigning:
        require_may_act(matter, task, by)
    if to.staff is None or to.staff == task.holder:
        refuse("already_held", f"这件已经在{to.name}手中。", "请选择另一位。")
    if not task.signer and not may_act(replace(task, holder=None), to):
        forbid("not_yours", f"{to.name}没有办理这一环节的角色，或不在该股室。", "请选择有此角色的人。")
    require_other_person(matter, situation, task, to.staff)
    return situation.with_tasks({task: replace(task, holder=to.staff)})


def add_signer(matter: Matter, situation: Situation, step: str, placed: str, *, signer: Officer, by: Officer) -> Situation:
    """Ask one more officer to sign (加签): before (an opinion the seat waits for), parallel or after (who must agree as well)."""
    require_state(situation, *_WORKING, doing="加签")
    task = find_task(matter, situation, step)
    require_may_act(matter, task, by)
    if placed not in PLACES:
        refuse("no_such_place", f"没有“{placed}”这种加签。", "可用：前加签、并加签、后加签。")
    if task.stage == "accept":
        refuse("no_signer", "受理环节不能加签。", "请受理后在审查环节加签。")
    seats = [one for one in situation.tasks if one.step == step and one.signer]
    if len([one for one in seats if one.alive or one.standing]) >= MOST_SIGNERS:
        refuse("too_many_signers", f"一个环节至多加签{MOST_SIGNERS}人。", "请先等他们签署。")
    if signer.staff is None or signer.staff in {task.holder, by.staff} or any(one.alive and one.holder == signer.staff for one in seats):
        refuse("already_held", f"不能请{signer.name}加签。", "请选择另一位。")
    number = 1 + max((one.signer for one in seats), default=0)
    state = TaskState.WAITING if placed == "after" else TaskState.OPEN
    added = replace(task, signer=number, placed=placed, role="", holder=signer.staff, row=None, state=state)
    require_other_person(matter, situation, added, signer.staff)
    changed = {task: replace(task, state=TaskState.WAITING)} if placed == "before" else {}
    return situation.with_tasks(changed).plus(added)

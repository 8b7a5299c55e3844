"""Who may act on a task, and whom the two-person rule keeps away from it."""

from __future__ import annotations

from anju.kernel.cases.engine.refusing import forbid, refuse
from anju.kernel.cases.engine.situation import Officer, Situation, Task, TaskState
from anju.kernel.cases.matters.declaration import Matter


def find_task(matter: Matter, situation: Situation, step: str, signer: int = 0) -> Task:
    """The open task of a seat. Refuses `cases.not_open`, `cases.waits_for_signer`."""
    for task in situation.alive:
        if task.seat == (step, signer):
            if task.state == TaskState.WAITING:
                refuse("waits_for_signer", "加签的人还没有签署，暂不能办理。", "请等加签意见出来后再办。")
            return task
    title = matter.by_step[step].title if step in matter.by_step else step
    refuse("not_open", f"“{title}”现在没有待办。", "案件可能已由他人办理或退回，请刷新页面。")


def may_act(task: Task, officer: Officer) -> bool:
    """Whether the task is this officer's: held, or in a queue of a role (and section) the officer has; or a principal's."""
    if officer.system:
        return True
    return _own(task, officer) or any(_own(task, principal) for principal in officer.principals)


def _own(task: Task, officer: Officer) -> bool:
    if officer.staff is None:
        return False
    if task.holder is not None:
        return task.holder == officer.staff
    if officer.bench != ("upper" if task.upper else "own"):
        return False
    if task.department is not None and task.department != officer.department:
        return False
    return task.role in officer.roles if task.role else task.department is not None


def require_may_act(matter: Matter, task: Task, officer: Officer) -> None:
    """Forbid `cases.not_yours` unless the task is the officer's."""
    if not may_act(task, officer):
        title = matter.step(task.step).title
        what = f"“{title}”已由他人接办。" if task.holder is not None else f"“{title}”不归{officer.name}的角色或股室办理。"
        forbid("not_yours", what, "请由经办人办理，或由其转交、委托。")


def require_other_person(matter: Matter, situation: Situation, task: Task, person: int | None) -> None:
    """Refuse `cases.same_person` when this person decided this level, a neighbouring one, or a step kept apart from it (GN-05)."""
    if person is None:
        return
    step = matter.step(task.step)
    for other in situation.tasks:
        if not other.standing or other.decided_by != person or other.seat == task.seat:
            continue
        near = task.level is not None and other.level is not None and abs(task.level - other.level) <= 1
        theirs = matter.step(other.step).not_same_person_as
        apart = {other.step, other.stage} & set(step.not_same_person_as) or {task.step, task.stage} & set(theirs)
        if near or apart:
            what = f"此人已办理“{matter.step(other.step).title}”，不能再办理“{step.title}”。"
            refuse("same_person", what, "同一人不能办理相邻的两级，请由另一位办理。")

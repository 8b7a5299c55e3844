"""How a case walks through its stages: entering one, reading its verdict, going on, coming to an end."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from anju.kernel.cases.engine.situation import Situation, State, Task, TaskState
from anju.kernel.cases.matters.conditions import holds
from anju.kernel.cases.matters.declaration import Matter, Stage
from anju.kernel.cases.matters.survival import surviving

Verdict = Literal["agreed", "refused"]
PASSING = frozenset({"agree", "forward"})


def open_seats(stage: Stage, situation: Situation) -> Situation:
    """Open what this stage still has to decide: every seat without a standing decision, one after another where they stand in order."""
    taken = {task.step for task in situation.here() if task.signer == 0}
    lacking = [step for step in stage.steps if step.code not in taken]
    if stage.together == "in_order" and lacking:
        next_seat = lacking[0]
        busy = any(task.alive and task.step != next_seat.code for task in situation.here())
        lacking = [] if busy else [next_seat]
    tasks = (Task(stage.code, step.code, situation.round, role=step.role, upper=step.upper, level=stage.level) for step in lacking)
    return situation.plus(*tasks)


def verdict(stage: Stage, situation: Situation) -> Verdict | None:
    """What the stage has come to, None while that is open. Added signers (parallel, after) must all have agreed as well."""
    signers = [task for task in situation.here() if task.signer and task.placed != "before"]
    seats = _seats_verdict(stage, situation.standing(stage.code))
    if seats == "refused" or any(task.standing and task.decision == "refuse" for task in signers):
        waiting = not stage.early and any(task.alive for task in situation.here())
        return None if waiting else "refused"
    return None if seats is None or any(task.alive for task in signers) else "agreed"


def _seats_verdict(stage: Stage, standing: dict[str, str]) -> Verdict | None:
    total, decided = len(stage.steps), len(standing)
    agreed = sum(decision in PASSING for decision in standing.values())
    refused = decided - agreed
    if stage.together in ("any", "at_least"):
        needed = 1 if stage.together == "any" else stage.needed
        if agreed >= needed and (stage.early or decided == total):
            return "agreed"
        hopeless = total - refused < needed
        return "refused" if hopeless and (stage.early or decided == total) else None
    if refused and (stage.early or decided == total):
        return "refused"
    return "agreed" if agreed == total else None


def settle(matter: Matter, situation: Situation) -> Situation:
    """Go on from the present stage as far as its verdict carries: next seat, next stage, back, or to the end."""
    for _ in range(2 * len(matter.stages) + 2):
        stage = matter.stage(situation.stage)
        found = verdict(stage, situation)
        if found is None:
            return open_seats(stage, situation)
        situation = close(situation, TaskState.NOT_NEEDED)
        if found == "refused" and stage.on_refusal == "refuse":
            return end(situation, State.REFUSED)
        if found == "refused" and stage.on_refusal != "go_on":
            target = matter.stage(stage.on_refusal)
            named = tuple(step.code for step in target.steps)
            return go_back(matter, situation, target, named, straight=False, leaving=_refusing(situation))
        following = _following(matter, situation)
        if following is None:
            return end(situation, State.COMPLETED)
        situation = enter(following, situation)
    raise AssertionError(f"{matter.name} walks in a circle at {situation.stage}")


def _refusing(situation: Situation) -> tuple[str, ...]:
    """The seats of the present stage that refused, themselves or by a signer: they decide again, or the case would turn in a circle."""
    return tuple(task.step for task in situation.here() if task.standing and task.decision == "refuse" and task.placed != "before")


def enter(stage: Stage, situation: Situation) -> Situation:
    """Stand in a stage with its seats open. Whoever wanted the case straight back has it now."""
    way_back = situation.way_back[:-1] if situation.way_back[-1:] == (stage.code,) else situation.way_back
    return open_seats(stage, replace(situation, stage=stage.code, way_back=way_back, pauses=()))


def _following(matter: Matter, situation: Situation) -> Stage | None:
    if situation.way_back:
        return matter.stage(situation.way_back[-1])
    for stage in matter.stages[matter.order[situation.stage] + 1 :]:
        if not stage.by_forward and holds(stage.when, situation.data):
            return stage
    return None


def close(situation: Situation, state: TaskState) -> Situation:
    """End every task that is still alive, undecided."""
    return situation.with_tasks({task: replace(task, state=state) for task in situation.alive})


def end(situation: Situation, state: State) -> Situation:
    """The end of the case; whatever was open is recalled."""
    return replace(close(situation, TaskState.RECALLED), state=state, way_back=(), pauses=(), held=None, suspended_for="")


def go_back(
    matter: Matter, situation: Situation, target: Stage, named: tuple[str, ...], *, straight: bool, leaving: tuple[str, ...], rule: str = ""
) -> Situation:
    """Return the case to an earlier stage, or to an earlier seat of the present one. Record 0016 says what is kept.

    `named`: the steps that decide again. `leaving`: the seats of the present stage that returned or refused it and decide again when it
    comes back, with the `rule` for the others there.
    """
    here = matter.stage(situation.stage)
    kept: set[tuple[str, str]] = set()
    for stage in matter.stages:
        standing = situation.standing(stage.code)
        if matter.order[stage.code] < matter.order[target.code]:
            survivors = frozenset(standing)
        elif stage is target:
            survivors = surviving(stage, standing, named, stage.on_return if stage is not here or not rule else rule)
        elif stage is here:
            survivors = surviving(stage, standing, leaving, rule or stage.on_return)
        elif straight:
            survivors = frozenset(standing)
        else:
            survivors = surviving(stage, standing, (), stage.on_return)
        kept |= {(stage.code, step) for step in survivors}
    tasks = tuple(_kept_or_not(task, (task.stage, task.step) in kept) for task in situation.tasks)
    way_back = (*situation.way_back, here.code) if straight else ()
    return enter(target, replace(situation, tasks=tasks, round=situation.round + 1, way_back=way_back))


def _kept_or_not(task: Task, kept: bool) -> Task:
    if task.alive:
        return replace(task, state=TaskState.RECALLED)
    return task if kept or not task.standing else replace(task, standing=False)

"""The roads of a matter: which stage may follow which, and from it the table of transitions the database holds cases to."""

from __future__ import annotations

from collections.abc import Iterator

from anju.kernel.cases.matters.declaration import Matter, Stage
from anju.kernel.cases.matters.returning import targets_of

END = ""
"""After the last stage."""

Road = tuple[str, str, str, str]
"""from state, from stage, to state, to stage."""


def passable(stage: Stage) -> bool:
    """Whether any decision lets a case out of the stage forwards."""
    if stage.together == "at_least" and not 1 <= stage.needed <= len(stage.steps):
        return False
    agreeing = [step for step in stage.steps if "agree" in step.decisions]
    if stage.alone or stage.together in ("all", "in_order"):
        return len(agreeing) == len(stage.steps) or stage.on_refusal == "go_on"
    needed = stage.needed if stage.together == "at_least" else 1
    return len(agreeing) >= needed or stage.on_refusal == "go_on"


def may_be_skipped(stage: Stage) -> bool:
    """Whether a case may pass the stage without stopping: not for it, entered only by forwarding, or everything in it still stands."""
    return bool(stage.when) or stage.by_forward or _keeps(stage)


def _keeps(stage: Stage) -> bool:
    """Whether decisions of the stage may survive a return."""
    return not stage.alone and any((step.on_return or stage.on_return) != "redo_all" for step in stage.steps)


def after(matter: Matter, stage: Stage) -> tuple[str, ...]:
    """The stages a case may stand in once this one has agreed, END among them when it may be finished then."""
    found = []
    for later in matter.stages[matter.order[stage.code] + 1 :]:
        if not later.by_forward:
            found.append(later.code)
        if not may_be_skipped(later):
            return tuple(found)
    return (*found, END)


def forwarded(matter: Matter, stage: Stage) -> tuple[str, ...]:
    """The stages its steps may forward to, and what lies behind one that stands already."""
    found: dict[str, None] = {}
    for step in stage.steps:
        for target in step.forwards:
            there = matter.by_stage.get(target)
            if there is None:
                continue
            found[target] = None
            if may_be_skipped(there):
                found.update(dict.fromkeys(after(matter, there)))
    return tuple(found)


def returned(matter: Matter, stage: Stage) -> tuple[str, ...]:
    """The stages a case may be returned to from this one."""
    found = {rule.stage: None for step in stage.steps if "return" in step.decisions for rule in targets_of(matter, step)}
    if stage.on_refusal in matter.by_stage:
        found[stage.on_refusal] = None
    return tuple(found)


def straight_back(matter: Matter, stage: Stage) -> tuple[str, ...]:
    """The later stages a case may jump to from this one because they returned it and want it straight back; and what lies behind them."""
    found: dict[str, None] = {}
    for later in matter.stages[matter.order[stage.code] + 1 :]:
        if any(rule.stage == stage.code and rule.straight for step in later.steps for rule in targets_of(matter, step)):
            found[later.code] = None
            if may_be_skipped(later):
                found.update(dict.fromkeys(after(matter, later)))
    return tuple(found)


def roads(matter: Matter) -> frozenset[Road]:
    """Every change of (state, stage) that a case of this matter may make; staying where it is is always allowed and not listed."""
    return frozenset(road for stage in matter.stages for road in _roads_of(matter, stage))


def _onward(matter: Matter, state: str, here: str, onward: set[str]) -> Iterator[Road]:
    """Going on, and ending: here, or in a stage behind it whose decisions all stand still."""
    for target in sorted(onward - {END}):
        yield state, here, "running", target
        if END in onward and _keeps(matter.stage(target)):
            yield state, here, "completed", target
    if END in onward:
        yield state, here, "completed", here


def _roads_of(matter: Matter, stage: Stage) -> Iterator[Road]:
    here = stage.code
    onward = {*after(matter, stage), *forwarded(matter, stage), *straight_back(matter, stage)}
    yield from _onward(matter, "running", here, onward)
    for target in returned(matter, stage):
        if target != here:
            yield "running", here, "running", target
    yield "running", here, "refused", here
    yield "running", here, "supplementing", here
    yield "supplementing", here, "running", here
    live = ["running", "supplementing"]
    if stage.is_accept:
        live.append("received")
        yield "received", here, "supplementing", here
        yield "supplementing", here, "received", here
        yield "received", here, "not_accepted", here
        yield from _onward(matter, "received", here, onward)
    for state in live:
        yield state, here, "suspended", here
        yield "suspended", here, state, here
        yield from ((state, here, ending, here) for ending in ("withdrawn", "terminated"))
    yield from (("suspended", here, ending, here) for ending in ("withdrawn", "terminated"))
    if matter.reopening is not None:
        for ending in ("completed", "refused", "not_accepted", "withdrawn", "terminated"):
            for target in matter.reopening.to:
                if matter.order[target] <= matter.order[here]:
                    yield ending, here, "running", target
            if stage.is_accept and here in matter.reopening.to:
                yield ending, here, "received", here

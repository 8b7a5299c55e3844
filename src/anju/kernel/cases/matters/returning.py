"""What a return means, for every pair of steps. One total function: either it is refused with a reason, or its effect is fixed.

The rules are those of decision record 0016; the engine carries them out and a test walks through every pair of every matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anju.kernel.cases.matters.declaration import APPLICANT, Matter, Stage, Step


@dataclass(frozen=True, slots=True)
class ReturnRule:
    """The effect of a return from `source` to `target`.

    `stage`: where the case stands then; `named`: the steps that decide again whatever else is kept. `straight`: afterwards it comes
    straight back to the stage of `source`. `why_not`: why this return is not possible, empty when it is.
    """

    source: str
    target: str
    stage: str = ""
    named: tuple[str, ...] = ()
    straight: bool = False
    why_not: str = ""

    @property
    def allowed(self) -> bool:
        return not self.why_not


def return_rule(matter: Matter, source: Step, target: str) -> ReturnRule:
    """The rule for returning from this step to a stage, a step or the applicant. Total: unknown targets are refused too."""
    here = matter.stage(source.stage)
    if target == APPLICANT:
        return _to_applicant(source, target)
    there, named = _place(matter, target)
    if there is None:
        return ReturnRule(source.code, target, why_not=f"没有“{target}”这个阶段或环节")
    why_not = _impossible(matter, source, here, there, named)
    if not why_not and not _declared(matter, source, there, target):
        why_not = f"“{source.title}”不能退回到“{_title(matter, target)}”"
    return ReturnRule(source.code, target, there.code, named, source.straight and there is not here, why_not)


def targets_of(matter: Matter, step: Step) -> tuple[ReturnRule, ...]:
    """Everything this step may be returned to, the nearest first, the applicant last."""
    names: list[str] = []
    for stage in reversed(matter.stages[: matter.order[step.stage] + 1]):
        if stage.code != step.stage:
            names.append(stage.code)
        if not stage.alone:
            names += [one.code for one in stage.steps]
    rules = (return_rule(matter, step, name) for name in (*names, APPLICANT))
    return tuple(rule for rule in rules if rule.allowed)


def every_rule(matter: Matter) -> Iterator[ReturnRule]:
    """The whole table: every step with every step, every stage and the applicant."""
    stages = [stage.code for stage in matter.stages if not (stage.alone and stage.code in matter.by_step)]
    for source in matter.by_step.values():
        for target in (*matter.by_step, *stages, APPLICANT):
            yield return_rule(matter, source, target)


def title_of(matter: Matter, target: str) -> str:
    """What a return target is called."""
    return "申请人" if target == APPLICANT else _title(matter, target)


def _to_applicant(source: Step, target: str) -> ReturnRule:
    if APPLICANT in source.returns:
        return ReturnRule(source.code, target, source.stage, (source.code,))
    return ReturnRule(source.code, target, why_not=f"“{source.title}”不能退回申请人补正")


def _place(matter: Matter, target: str) -> tuple[Stage | None, tuple[str, ...]]:
    """The stage of a target and the steps it names. A stage as a whole names all of its steps."""
    stage = matter.by_stage.get(target)
    if stage is not None:
        return stage, tuple(step.code for step in stage.steps)
    step = matter.by_step.get(target)
    return (None, ()) if step is None else (matter.stage(step.stage), (step.code,))


def _impossible(matter: Matter, source: Step, here: Stage, there: Stage, named: tuple[str, ...]) -> str:
    if matter.order[there.code] > matter.order[here.code]:
        return "只能退回前面的环节"
    if there is not here:
        return ""
    if here.together != "in_order":
        return "同一阶段并列的各方互不退回" if source.code not in named else "不能退回本环节"
    seats = [step.code for step in here.steps]
    if len(named) != 1 or seats.index(named[0]) >= seats.index(source.code):
        return "同一阶段内只能退回前一位"
    return ""


def _declared(matter: Matter, source: Step, there: Stage, target: str) -> bool:
    """By default everything before, except publicity; `returns` narrows it to what it names. Naming a stage includes its steps."""
    if "*" in source.returns:
        return there.publicity is None
    return target in source.returns or (there.code in source.returns and target in {step.code for step in there.steps})


def _title(matter: Matter, target: str) -> str:
    stage = matter.by_stage.get(target)
    return stage.title if stage is not None else matter.step(target).title

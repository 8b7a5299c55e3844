"""A matter is validated like code: what cannot be reached, ended, returned to or answered for is said at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from anju.kernel.cases.matters import conditions
from anju.kernel.cases.matters.checking_papers import check_papers
from anju.kernel.cases.matters.declaration import APPLICANT, Matter, Stage, Step
from anju.kernel.cases.matters.limits import longer
from anju.kernel.cases.matters.returning import return_rule, targets_of
from anju.kernel.cases.matters.roads import END, after, forwarded, passable
from anju.kernel.declarations.entries import Entry

Complain = Callable[..., None]


def check(matter: Matter, entry: Entry) -> None:
    """Note every problem of a matter that has been read without one."""
    _names(matter, entry)
    for place, stage in enumerate(matter.stages):
        _stage(matter, stage, entry, ("stages", place, stage.code))
    _line(matter, entry)
    _clocks(matter, entry)
    _references(matter, entry)
    check_papers(matter, entry)
    for text, path in _conditions(matter):
        _condition(matter, text, entry, path)


def place_of(matter: Matter, step: Step) -> tuple[str | int, ...]:
    """Where a step stands on the page."""
    stage = matter.stage(step.stage)
    path: tuple[str | int, ...] = ("stages", matter.order[stage.code], stage.code)
    return path if stage.alone else (*path, "steps", step.code)


def _names(matter: Matter, entry: Entry) -> None:
    seen: set[str] = set()
    for place, stage in enumerate(matter.stages):
        if stage.code in (APPLICANT, "refuse", "go_on"):
            entry.complain(f"“{stage.code}”是保留的词。", "请换一个代码。", "stages", place, stage.code)
        if place == 0 and (stage.when or stage.by_forward):
            entry.complain("第一个阶段不能有条件，也不能只由转办进入。", "案件从第一个阶段开始。", "stages", place, stage.code)
        if stage.is_accept and place > 0:
            entry.complain("受理（accept）只能是第一个阶段。", "请移到最前。", "stages", place, stage.code)
        codes = [stage.code] if stage.alone else [stage.code, *(step.code for step in stage.steps)]
        for code in codes:
            if code in seen:
                entry.complain(f"代码“{code}”用了两次。", "阶段和环节的代码在一个事项里不能重复。", "stages", place, stage.code)
            seen.add(code)


def _stage(matter: Matter, stage: Stage, entry: Entry, path: tuple[str | int, ...]) -> None:
    if not stage.alone and len(stage.steps) < 2:
        entry.complain(f"“{stage.title}”的 steps 少于两个。", "只有一个环节时不写 steps。", *path, "steps")
    if stage.together == "at_least" and not 1 <= stage.needed <= len(stage.steps):
        entry.complain(f"要求{stage.needed}方同意，却只有{len(stage.steps)}方。", "请改 at_least。", *path, "together")
    elif not passable(stage):
        entry.complain(f"“{stage.title}”没有能够通过的决定，后面的环节永远走不到。", "在 decisions 中加 agree。", *path)
    if stage.is_accept and not stage.alone:
        entry.complain("受理阶段只能有一个环节。", "请去掉 steps。", *path, "steps")
    if stage.on_refusal not in ("refuse", "go_on"):
        target = matter.by_stage.get(stage.on_refusal)
        if target is None or matter.order[target.code] >= matter.order[stage.code]:
            advice = "可写 refuse、go_on 或前面一个阶段的代码。"
            entry.complain(f"on_refusal 写的“{stage.on_refusal}”不是前面的阶段。", advice, *path, "on_refusal")
    if stage.off_clock and (matter.clock is None or stage.off_clock not in matter.clock.stops_for):
        entry.complain(f"“{stage.off_clock}”不在 clock.stops_for 里，不能不计时。", "请写入 clock.stops_for。", *path, "off_clock")
    for step in stage.steps:
        _step(matter, stage, step, entry, place_of(matter, step))


def _step(matter: Matter, stage: Stage, step: Step, entry: Entry, path: tuple[str | int, ...]) -> None:
    if not step.role and not step.department:
        entry.complain(f"“{step.title}”没有写由谁办理。", "写 role（角色）或 department（股室）。", *path)
    if step.on_return and stage.alone:
        entry.complain("on_return 只用于并联的环节。", "请去掉。", *path, "on_return")
    if "refuse" in step.decisions and not matter.refusals:
        entry.complain(f"“{step.title}”可以不予，但事项没有写理由代码。", "写 refusals: {代码: 理由（依据条款）}。", *path)
    _return_targets(matter, step, entry, path)
    for target in step.forwards:
        there = matter.by_stage.get(target)
        if there is None or matter.order[there.code] <= matter.order[stage.code]:
            entry.complain(f"转办的“{target}”不是后面的阶段。", "forwards 只能写后面阶段的代码。", *path, "forwards")
    if step.forwards and "forward" not in step.decisions:
        entry.complain("写了 forwards 却不能转办。", "在 decisions 中加 forward。", *path, "decisions")
    if "forward" in step.decisions and not step.forwards:
        entry.complain("可以转办，却没有写转到哪里。", "写 forwards: [阶段]。", *path, "decisions")
    if step.forwards and not stage.alone:
        entry.complain("并联的一方不能把整件转走。", "请去掉 forwards。", *path, "forwards")
    for other in step.not_same_person_as:
        if other not in matter.by_step and other not in matter.by_stage:
            entry.complain(f"not_same_person_as 写的“{other}”不存在。", "写环节或阶段的代码。", *path, "not_same_person_as")
        elif other == step.code:
            entry.complain("环节不能要求与自己不同人。", "请改为另一环节。", *path, "not_same_person_as")


def _return_targets(matter: Matter, step: Step, entry: Entry, path: tuple[str | int, ...]) -> None:
    if "*" not in step.returns:
        for target in step.returns:
            rule = return_rule(matter, step, target)
            if not rule.allowed:
                entry.complain(f"退回的去处“{target}”走不通：{rule.why_not}。", "写前面的阶段、环节或 applicant。", *path, "returns")
        if step.returns and "return" not in step.decisions:
            entry.complain("写了 returns 却不能退回。", "在 decisions 中加 return。", *path, "decisions")
    decisions = _spec(matter, step).get("decisions")
    written = isinstance(decisions, dict | list) and "return" in decisions
    if written and not targets_of(matter, step):
        entry.complain(f"“{step.title}”可以退回，却没有去处。", "写 returns，或去掉 return。", *path, "decisions")
    if APPLICANT in step.returns and matter.supplement.times == 0:
        entry.complain("事项不允许补正，不能退回申请人。", "改 supplement，或去掉 applicant。", *path, "returns")


def _spec(matter: Matter, step: Step) -> dict[str, object]:
    node: object = matter.page
    for key in place_of(matter, step):
        node = node[key]  # type: ignore[index]
    return node if isinstance(node, dict) else {}


def _line(matter: Matter, entry: Entry) -> None:
    """Every stage can be reached from the first, and from every one of them an end can be reached."""
    onward = {stage.code: {*after(matter, stage), *forwarded(matter, stage)} if passable(stage) else set() for stage in matter.stages}
    reached = _closure(matter.first.code, onward)
    for place, stage in enumerate(matter.stages):
        if stage.code not in reached:
            advice = "没有环节转到这里。" if stage.by_forward else "前面的阶段通不过，或总被越过。"
            entry.complain(f"“{stage.title}”永远走不到。", advice, "stages", place, stage.code)
        elif END not in _closure(stage.code, onward):
            entry.complain(f"从“{stage.title}”走不到办结。", "后面的阶段通不过。", "stages", place, stage.code)


def _closure(start: str, onward: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for target in onward.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _clocks(matter: Matter, entry: Entry) -> None:
    if matter.clock is None:
        entry.complain("事项没有总时限。", "写 clock: {limit: 20wd}。")
        return
    if longer(matter.clock.limit, matter.clock.statutory):
        entry.complain("承诺时限长于法定时限。", "承诺时限不得超过法定时限。", "clock", "limit")
    accept = matter.first
    if accept.is_accept and matter.silence_accepts and accept.steps[0].limit is None:
        advice = "写 limit: 5wd（行政许可法第三十二条），或 silence_accepts: false。"
        entry.complain("逾期不告知视为受理，但受理没有期限。", advice, "stages", 0, accept.code)
    if matter.supplement.within is None and matter.supplement.times and matter.supplement.late == "withdraw" and "supplement" in entry:
        spec = entry.data["supplement"]
        if isinstance(spec, dict):
            entry.complain("补正没有期限，却逾期视为撤回。", "写 within: 15wd，或 late: keep。", "supplement")
    for place, stage in enumerate(matter.stages):
        for step in stage.steps:
            if not stage.off_clock and stage.publicity is None and longer(step.limit, matter.clock.limit):
                entry.complain(f"“{step.title}”的期限长于总时限。", "请核对。", "stages", place, stage.code)


def _references(matter: Matter, entry: Entry) -> None:
    used = {check for step in matter.by_step.values() for check in step.checks}
    for step in matter.by_step.values():
        for check in step.checks:
            if check not in matter.checks:
                entry.complain(f"没有“{check}”这种核查。", "请在 checks 中声明。", *place_of(matter, step), "checks")
        for outcome in step.issues:
            if outcome not in matter.outcomes:
                entry.complain(f"没有“{outcome}”这种结果文书。", "请在 outcomes 中声明。", *place_of(matter, step), "issues")
    for check in matter.checks:
        if check not in used:
            entry.complain(f"核查“{check}”没有环节要求。", "在某个环节的 checks 中写上它。", "checks", check)
    issued = {outcome for step in matter.by_step.values() for outcome in step.issues}
    for outcome in matter.outcomes:
        if outcome not in issued:
            entry.complain(f"结果文书“{outcome}”没有环节出具。", "在某个环节写 issues。", "outcomes", outcome)
    if matter.withdraw_until and matter.withdraw_until not in matter.by_stage:
        entry.complain(f"withdraw_until 写的“{matter.withdraw_until}”不是阶段。", "", "withdraw_until")
    if matter.reopening is not None:
        for target in matter.reopening.to or ("",):
            if target not in matter.by_stage:
                entry.complain(f"重新办理的去处“{target}”不是阶段。", "写 to: [阶段]。", "reopen")


def _conditions(matter: Matter) -> Iterable[tuple[str, tuple[str | int, ...]]]:
    yield from ((stage.when, ("stages", place, stage.code, "when")) for place, stage in enumerate(matter.stages))
    yield from ((one.when, ("materials", one.code, "when")) for one in matter.materials)
    yield from ((one.when, ("checks", one.code, "when")) for one in matter.checks.values())


def _condition(matter: Matter, text: str, entry: Entry, path: tuple[str | int, ...]) -> None:
    if not text:
        return
    try:
        unknown = sorted(conditions.names_in(text) - matter.data.keys())
    except conditions.ConditionError as wrong:
        entry.complain(f"条件“{text}”：{wrong}。", "例如 amount_fen > 10000000 and kind == 'special'。", *path)
        return
    if unknown:
        entry.complain(f"条件用到的“{'、'.join(unknown)}”没有声明。", "请写入 data: {名称: number}。", *path)

"""Parts greater than their whole; sums paid out greater than those asked for (invariants 7, 23, 26)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.quantities.intervals import FAR
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Severity
from anju.kernel.reading.checking.partitions.whole import Whole
from anju.kernel.reading.checking.saying import range_like, said, value_like
from anju.kernel.reading.figure import ReadFigure

_CHAINS: tuple[tuple[re.Pattern[str], re.Pattern[str], Severity, str], ...] = (
    (re.compile(r"(?:已|累计)?(?:拨付|拨款|发放到位)"), re.compile(r"申请|争取|下达"), "error", "拨付不会超过申请"),
    (re.compile(r"(?:已|累计)交付"), re.compile(r"涉及|纳入|应交付"), "error", "已交付不会超过涉及的总数"),
    (re.compile(r"(?:已|累计|共)?(?:办结|结案)"), re.compile(r"受理|接收|接到|收到"), "warning", "办结不会超过受理，除非含上年结转"),
    (re.compile(r"(?:已|累计)?(?:竣工|完工)"), re.compile(r"(?<!新)开工"), "warning", "竣工不会超过开工，除非含往年开工的"),
    (re.compile(r"(?:已|累计|完成)整改"), re.compile(r"(?:排查|发现|查出)[^，。；\d]{0,8}(?:隐患|问题)"), "warning", "整改不会超过发现"),
    (re.compile(r"合格(?!率)"), re.compile(r"抽检|抽查|检测"), "warning", "合格数不会超过检查数"),
)  # fmt: skip
_NEIGHBOURS = 4
FAR_OFF = 3


def check_of_which(examined: Examined) -> Iterator[Finding]:
    """of_which: every 其中 part <= its whole; every later stage of a thing <= the stage before it."""
    for whole in examined.wholes:
        for part in whole.parts:
            if _greater(examined, part, whole.whole):
                severity = _severity(examined, part, whole)
                if severity is None:
                    continue
                yield _finding(examined, part, whole.whole, severity, f"分项{said(part)}大于总项{said(whole.whole)}")
    yield from _chains(examined)


def _severity(examined: Examined, part: ReadFigure, whole: Whole) -> Severity | None:
    """An error where 其中 governs the part; behind a ； the part may stand for itself, and then it is many times the whole."""
    if whole.among is not None and examined.known(part).low <= whole.among.high and not whole.complete:
        return None
    if whole.complete or part.index in whole.direct:
        return "error"
    far = examined.known(part).low > examined.known(whole.whole).high * FAR_OFF
    return None if far else "warning"


def _chains(examined: Examined) -> Iterator[Finding]:
    for later in examined.figures:
        if later.role not in ("level", "cumulative") or later.masked:
            continue
        words = examined.before(later)
        for stage, earlier_stage, severity, why in _CHAINS:
            if not stage.search(words) or earlier_stage.search(words):
                continue
            earlier = _stage_before(examined, later, earlier_stage)
            if earlier is not None and _greater(examined, later, earlier):
                yield _finding(examined, later, earlier, severity, f"{said(later)}大于{said(earlier)}，{why}")


def _stage_before(examined: Examined, later: ReadFigure, stage: re.Pattern[str]) -> ReadFigure | None:
    """The nearest figure of the same unit before, in the same sentence, said with the words of the earlier stage."""
    for figure in reversed(examined.figures[max(0, later.index - _NEIGHBOURS) : later.index]):
        if figure.position.sentence != later.position.sentence:
            return None
        same = figure.dimension == later.dimension and figure.role in ("level", "cumulative")
        if same and stage.search(examined.before(figure)):
            return figure
    return None


def _greater(examined: Examined, part: ReadFigure, whole: ReadFigure) -> bool:
    one, other = examined.interval(part), examined.interval(whole)
    return one is not None and other is not None and other.below(one)


def _finding(examined: Examined, part: ReadFigure, whole: ReadFigure, severity: Severity, what: str) -> Finding:
    one, other = examined.known(part), examined.known(whole)
    arithmetic = f"{part.text}至少是{range_like(one, whole)}，{whole.text}至多是{range_like(other, whole)}"
    gap = f"，多出{value_like(one.middle - other.middle, whole)}" if one.high < FAR and other.low > -FAR else ""
    advice = "请核对两个数的范围、单位和截止日期是否一致。"
    return examined.finding("of_which", severity, f"{what}{gap}。", advice, whole, part, arithmetic=arithmetic)

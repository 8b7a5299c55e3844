"""Targets, claims and numbers some paper printed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from anju.kernel.figures.figure import Figure
from anju.kernel.quantities.intervals import Interval
from anju.kernel.quantities.units import convert, unit
from anju.kernel.reports.built import Finding
from anju.kernel.reports.deciding import holds
from anju.kernel.reports.findings.arithmetic import in_show_unit
from anju.kernel.reports.findings.facts_of import Evaluated, interval_of, number, plainly, said
from anju.kernel.reports.findings.relations import Printed, Relation
from anju.kernel.reports.language.nodes import Reference

REACHED = 100


def check_target(relation: Relation, report: Evaluated) -> Iterator[Finding]:
    """A completion under 100 % is a target missed."""
    for reference in relation.parts:
        figure = report.figures[reference]
        if figure.value is None or figure.value >= REACHED:
            continue
        terms = [part for part in figure.parts if part.value is not None]
        arithmetic = f"{said(terms[0])} ÷ {said(terms[1])} = {plainly(figure)}" if len(terms) == 2 else said(figure)
        yield report.finding(
            "target", "warning", f"{figure.name}未达到100%：{arithmetic}。", "请在正文说明原因和下一步措施，或核对任务数。", reference
        )


def check_claim(relation: Relation, report: Evaluated) -> Iterator[Finding]:
    """Words like 全部 are claims about sets and hold by equality, not by custom (invariants 21, 22)."""
    places = [number_of for number_of, block in enumerate(report.blocks, start=1) if relation.words in block.text]
    if relation.condition is None or not places or holds(relation.condition, report.figures):
        return
    references = tuple(dict.fromkeys(relation.references))
    values = "，".join(said(report.figures[reference]) for reference in references)
    yield report.finding(
        "claim", "error", f"正文写了“{relation.words}”，但{values}，不成立。", "请改写这句话，或先核对这些数字。", *references,
        where=f"第{places[0]}段",
    )  # fmt: skip


def check_stated(relation: Relation, report: Evaluated) -> Iterator[Finding]:
    """A number printed elsewhere must follow from the figures, roundings allowed (invariant 11)."""
    if relation.total is None or relation.printed is None:
        return
    figure, printed = report.figures[relation.total], relation.printed
    if figure.value is None or relation.period not in ("", figure.period.code):
        return
    stated = Interval.of_printed(printed.value, printed.places, about=printed.about).times(
        convert(Fraction(1), unit(printed.unit), unit(figure.unit))
    )
    follows = quotient_interval(figure)
    allowed = follows or Interval(figure.value, figure.value)
    if stated.meets(allowed):
        return
    gap = convert(printed.value, unit(printed.unit), unit(figure.unit)) - figure.value
    paper = f"“{relation.paper}”印的" if relation.paper else "所印的"
    yield report.finding(
        "stated", "warning",
        f"{paper}{figure.name}{printed.text}不能由其{_terms(figure)}得出：{_arithmetic(figure, follows)}，"
        f"与{printed.text}相差{_gap(gap, figure, printed)}。",
        f"{relation.note}。" if relation.note else "请以计算值为准；若原数另有口径（如各月或各项目均价的平均），应写明口径。",
        relation.total,
    )  # fmt: skip


def quotient_interval(figure: Figure) -> Interval | None:
    """What the quotient of the two printed parts of a ratio may be, in the figure's unit; None when it is not a plain quotient."""
    if len(figure.parts) != 2 or figure.value is None or figure.measure != "value":
        return None
    above, below = (interval_of(part) for part in figure.parts)
    if above is None or below is None:
        return None
    of, over, target = (unit(each.unit) for each in (*figure.parts, figure))
    scale = of.factor / over.factor * (100 if target.name == "%" else 1 / target.factor)
    quotient = above.over(below)
    return quotient.times(scale) if quotient is not None else None


def _terms(figure: Figure) -> str:
    return "与".join(part.name for part in figure.parts) if len(figure.parts) == 2 else "记录"


def _arithmetic(figure: Figure, follows: Interval | None) -> str:
    if follows is None:
        return f"由记录算得{plainly(figure)}"
    above, below = figure.parts
    span = f"{number(follows.low, '')}至{number(follows.high, figure.unit)}"
    return f"{plainly(above)} ÷ {plainly(below)} = {plainly(figure)}（计入两数的舍入，只能在{span}之间）"


def _gap(gap: Fraction, figure: Figure, printed: Printed) -> str:
    share = abs(gap) * 100 / abs(figure.value) if figure.value else None
    size = in_show_unit(abs(gap), figure)
    return f"{size}（{number(share, '%')}）" if share is not None else size


def implied(reference: Reference, report: Evaluated) -> Iterator[Relation]:
    """Relations that an indicator's own definition brings: completion is a target, of_which and sum_of hold where both are printed."""
    indicator = report.indicators[reference.key]
    if reference.measure != "value":
        return

    def like(key: str) -> Reference:
        return Reference(key, reference.filters, reference.part)

    if indicator.kind == "completion":
        yield Relation("target", indicator.where_place, parts=(reference,))
    if indicator.of_which is not None and like(indicator.of_which) in report.figures:
        yield Relation("of_which", indicator.where_place, like(indicator.of_which), (reference,))
    parts = tuple(like(key) for key in indicator.parts)
    if parts and all(part in report.figures for part in parts):
        yield Relation("sum", indicator.where_place, reference, parts)

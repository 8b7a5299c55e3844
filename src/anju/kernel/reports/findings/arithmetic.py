"""Relations of sums, parts, ratios and growths, on exact values; printed roundings are explained, never accused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from anju.kernel.figures.figure import Figure, decimals
from anju.kernel.quantities.rounding import largest_remainder
from anju.kernel.quantities.text import plain
from anju.kernel.quantities.units import convert, unit
from anju.kernel.reports.built import Finding
from anju.kernel.reports.findings.facts_of import Evaluated, number, plainly, said
from anju.kernel.reports.findings.relations import Relation
from anju.kernel.reports.language.nodes import Reference


def check_sum(relation: Relation, report: Evaluated) -> Iterator[Finding]:
    """total = Σ parts (domain facts, invariants 8, 10, 12)."""
    if relation.total is None:
        return
    references = (relation.total, *relation.parts)
    total, *parts = (report.figures[reference] for reference in references)
    values = [in_unit_of(part, total) for part in parts]
    if total.value is None or any(value is None for value in values):
        return
    added = sum((value for value in values if value is not None), Fraction(0))
    if added != total.value:
        gap = abs(added - total.value)
        words = " + ".join(said(part) for part in parts)
        sum_text = in_show_unit(added, total)
        yield report.finding(
            "sum", "error", f"{words} = {sum_text}，与{said(total)}不等，相差{in_show_unit(gap, total)}。",
            "请打开这几个数字核对各自的范围：分项应不重不漏地组成总项。", *references,
        )  # fmt: skip
    else:
        yield from _rounding(references, total, parts, report)


def _rounding(references: tuple[Reference, ...], total: Figure, parts: list[Figure], report: Evaluated) -> Iterator[Finding]:
    shown = [part.shown for part in parts]
    if not report.bookmarks(*references) or any(part.show_unit != total.show_unit for part in parts) or total.shown is None:
        return
    printed = [value for value in shown if value is not None]
    if len(printed) != len(parts) or sum(printed, Decimal(0)) == total.shown:
        return
    places = decimals(total.shown)
    exact = [convert(part.value, unit(part.unit), unit(total.show_unit)) for part in parts if part.value is not None]
    try:
        fitted = largest_remainder(exact, total.shown, places)
    except ValueError:
        return
    words = " + ".join(plainly(part) for part in parts)
    fit = "、".join(plain(value) for value in fitted)
    yield report.finding(
        "rounding", "note", f"{words}与{said(total)}在末位上不等，是四舍五入所致，未舍入的数相等。",
        f"需要分项加起来正好相等时，可印{fit}（{total.show_unit}，最大余数法），或注明“因四舍五入，分项之和与合计略有出入”。", *references,
    )  # fmt: skip


def check_of_which(relation: Relation, report: Evaluated) -> Iterator[Finding]:
    """Every 其中 part <= its total (invariant 7)."""
    if relation.total is None:
        return
    total = report.figures[relation.total]
    for reference in relation.parts:
        part = report.figures[reference]
        value = in_unit_of(part, total)
        if value is not None and total.value is not None and value > total.value:
            yield report.finding(
                "of_which", "error", f"其中项{said(part)}大于总项{said(total)}，多出{in_show_unit(value - total.value, total)}。",
                "请核对两个指标的范围和截止日期是否一致。", relation.total, reference,
            )  # fmt: skip


def check_ratio(relation: Relation, report: Evaluated) -> Iterator[Finding]:
    """is = of / over on unrounded values (invariants 9, 11, 13)."""
    if relation.total is None:
        return
    whole = report.figures[relation.total]
    above, below = (report.figures[reference] for reference in relation.parts)
    if whole.value is None or above.value is None or not below.value:
        return
    quotient = quotient_in(whole, above, below)
    if quotient != whole.value:
        yield report.finding(
            "ratio", "error", f"{said(above)} ÷ {said(below)} = {in_show_unit(quotient, whole)}，与{said(whole)}不符。",
            "请核对分子、分母与比率是否同一范围、同一截止日期。", relation.total, *relation.parts,
        )  # fmt: skip


def check_decomposition(relation: Relation, report: Evaluated) -> Iterator[Finding]:
    """The growth of a total lies between the least and the greatest of its exhaustive positive parts (invariant 18)."""
    if relation.total is None:
        return
    growths = [report.figures[_growth(reference)] for reference in (relation.total, *relation.parts)]
    whole, *parts = (growth.value for growth in growths)
    known = [part for part in parts if part is not None]
    if whole is None or len(known) != len(parts) or min(known) <= whole <= max(known):
        return
    words = "、".join(f"{growth.name}{plainly(growth)}" for growth in growths[1:])
    yield report.finding(
        "decomposition", "error", f"{growths[0].name}的同比{plainly(growths[0])}不在各分项同比（{words}）之间。",
        "总量的增幅应介于各分项增幅之间；请核对分项是否不重不漏、上年同期是否同一口径。", relation.total, *relation.parts,
    )  # fmt: skip


def _growth(reference: Reference) -> Reference:
    return Reference(reference.key, reference.filters, reference.part, "yoy")


def in_unit_of(figure: Figure, other: Figure) -> Fraction | None:
    """The exact value of a figure in another's unit."""
    if figure.value is None or figure.unit == other.unit:
        return figure.value
    return convert(figure.value, unit(figure.unit), unit(other.unit))


def quotient_in(whole: Figure, above: Figure, below: Figure) -> Fraction:
    """above / below in the unit of `whole` (%, 元/㎡ ...)."""
    of, over, target = unit(above.unit), unit(below.unit), unit(whole.unit)
    quotient = (above.value or Fraction(0)) * of.factor / ((below.value or Fraction(1)) * over.factor)
    return quotient * 100 if target.name == "%" else quotient / target.factor


def in_show_unit(value: Fraction, like: Figure) -> str:
    """A value in the exact unit of `like`, said in its display unit and places, one place more when that would hide it."""
    places = decimals(like.shown) if like.shown is not None else 2
    shown = value if like.unit == like.show_unit else convert(value, unit(like.unit), unit(like.show_unit))
    while shown and abs(shown) < Fraction(1, 2) / Fraction(10) ** places and places < 8:
        places += 1
    return number(shown, like.show_unit, places)

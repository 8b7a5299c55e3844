"""Definitions and formulas in plain Chinese, made from the definition itself, so that they cannot differ from what is computed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from anju.kernel.figures.aggregates import Condition
from anju.kernel.figures.facts import Column, Fact
from anju.kernel.figures.indicators import EXTREMES, Indicator, Time
from anju.kernel.figures.literals import label_of
from anju.kernel.figures.periods import day_label
from anju.kernel.quantities.text import plain, readable
from anju.kernel.quantities.units import DATE

if TYPE_CHECKING:
    from anju.kernel.figures.figure import Figure

_EXTREME = {True: {"min": "最早", "max": "最晚"}, False: {"min": "最小", "max": "最大"}}
_COMPARISONS = {"gt": "大于", "gte": "不小于", "lt": "小于", "lte": "不大于"}


def formula_of(indicator: Indicator, figure: Figure) -> str:
    """How a value came about, with the numbers: 796套 ÷ 1540套 × 100% = 51.69%."""
    if indicator.kind == "count":
        return f"符合条件的记录共{_rows(figure)}行，一行计一{figure.unit}"
    if indicator.kind == "distinct":
        return f"符合条件的记录共{_rows(figure)}行，去重后{shown_text(figure)}"
    if indicator.kind == "sum":
        return f"符合条件的{_rows(figure)}行合计{shown_text(figure)}"
    if indicator.kind in EXTREMES:
        return f"符合条件的{_rows(figure)}行中{_EXTREME[indicator.is_date][indicator.kind]}的是{shown_text(figure)}"
    if indicator.kind == "sum_of":
        return f"{' + '.join(number_text(part) for part in figure.parts)} = {shown_text(figure)}"
    above, below = reversed(figure.parts) if indicator.inverse else figure.parts
    sign = " × 100%" if indicator.is_rate else ""
    return f"{number_text(above)} ÷ {number_text(below)}{sign} = {shown_text(figure)}"


def number_text(figure: Figure) -> str:
    """The number a formula computes with: the exact one when it has an end, else as printed; grouped by thousands from five digits on."""
    exact = None if figure.unit == DATE else figure.exact()
    return shown_text(figure) if exact is None or "/" in exact else readable(exact) + figure.unit


def shown_text(figure: Figure) -> str:
    """The result as a formula shows it: as printed, grouped by thousands from five digits on."""
    return figure.text if figure.shown is None or figure.unit == DATE else readable(plain(figure.shown)) + figure.show_unit


def _rows(figure: Figure) -> str:
    return readable(str(figure.rows))


def explain(indicator: Indicator, facts: Mapping[str, Fact], names: Mapping[str, str]) -> str:
    """One or two sentences: which book, which rows, by which date, what is counted. `names`: key to name of other indicators."""
    if not indicator.is_basic:
        return _explain_derived(indicator, names)
    assert indicator.fact is not None
    assert indicator.time is not None
    fact = facts[indicator.fact]
    where = condition_text(indicator.where, fact)
    rows = f"取“{fact.title}”中{_time_text(indicator.time, fact)}" + (f"、且{where}的记录" if where else "的记录")
    if indicator.kind == "count":
        return f"{rows}，一行计一{indicator.unit.name}。"
    label = fact.columns[str(indicator.column)].label
    if indicator.kind in EXTREMES:
        return f"{rows}，取“{label}”{_EXTREME[indicator.is_date][indicator.kind]}的一个。"
    return f"{rows}，按“{label}”去重计数。" if indicator.kind == "distinct" else f"{rows}，合计“{label}”。"


def _explain_derived(indicator: Indicator, names: Mapping[str, str]) -> str:
    inputs = [f"“{names.get(key, key)}”" for key in indicator.inputs]
    if indicator.kind == "sum_of":
        return f"{'、'.join(inputs)}之和，先合计再取舍。"
    above, below = reversed(inputs) if indicator.inverse else inputs
    tail = "按总量相除，不是各部分的平均。" if indicator.kind == "average" else "用未取舍的数相除，只取舍一次。"
    return f"{above}除以{below}，{tail}"


def _time_text(time: Time, fact: Fact) -> str:
    label = fact.columns[time.column].label
    if time.kind == "flow":
        return f"“{label}”在报告期内"
    if time.kind == "stock":
        gone = f"、“{fact.columns[time.until_column].label}”为空或在其后" if time.until_column else ""
        return f"“{label}”不晚于报告期末{gone}"
    since = {"beginning": "", "year_start": "自当年1月1日起、"}.get(str(time.since)) if not isinstance(time.since, date) else None
    return f"“{label}”{since if since is not None else f'自{day_label(time.since)}起、'}不晚于报告期末"  # type: ignore[arg-type]


def condition_text(condition: Condition, fact: Fact, joined: str = "，") -> str:
    """A condition in words; empty when it is always true."""
    kind = condition[0]
    if kind == "all":
        return joined.join(_bracketed(each, fact) for each in condition[1])
    if kind == "any":
        return "或".join(_bracketed(each, fact) for each in condition[1]) or "无"
    if kind == "not":
        return f"不是（{condition_text(condition[1], fact)}）"
    column = fact.columns[condition[1]]
    if kind == "null":
        return f"“{column.label}”{'为空' if condition[2] else '不为空'}"
    if kind == "in":
        return f"“{column.label}”为{'或'.join(_with_unit(column, each) for each in condition[2])}"
    return f"“{column.label}”{_COMPARISONS[condition[2]]}{_with_unit(column, condition[3])}"


def _bracketed(condition: Condition, fact: Fact) -> str:
    text = condition_text(condition, fact)
    return f"（{text}）" if condition[0] in ("all", "any") and len(condition[1]) > 1 else text


def _with_unit(column: Column, value: str | int | date) -> str:
    return label_of(column, value) + (column.entered or column.unit if isinstance(value, int) else "")

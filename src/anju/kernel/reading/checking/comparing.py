"""Figures of a text against the system's figures and against the last published report. Pure: the other side comes as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from anju.kernel.quantities.intervals import Interval
from anju.kernel.quantities.units import find_unit, unit
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, with_fingerprints
from anju.kernel.reading.checking.rules.duplicate_value import identity
from anju.kernel.reading.checking.rules.yoy_decomposition import last_year
from anju.kernel.reading.checking.saying import range_like, said, value_like
from anju.kernel.reading.figure import ReadFigure, Reading

State = Literal["same", "different", "masked", "missing", "other_unit"]


@dataclass(frozen=True, slots=True)
class SystemValue:
    """What the system counts for a figure: exact `value` in `unit`, None when it has no number; `name` as people know it."""

    name: str
    value: Fraction | None
    unit: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of the text beside the system's: `difference` is text minus system, in the figure's unit, None when not comparable.

    same: the printed words can mean the system's value. masked: the text prints none. missing: the system has none. other_unit: 户 and 套.
    """

    figure: ReadFigure
    system: SystemValue
    state: State
    difference: Fraction | None = None


def beside_system(reading: Reading, values: Mapping[int, SystemValue]) -> tuple[Beside, ...]:
    """Each mapped figure beside the system's value, in reading order. `values`: by index of the figure."""
    examined = Examined(reading)
    return tuple(_beside(examined, examined.figures[index], values[index]) for index in sorted(values) if index < len(examined.figures))


def _beside(examined: Examined, figure: ReadFigure, system: SystemValue) -> Beside:
    interval = examined.interval(figure)
    if interval is None or figure.value is None:
        return Beside(figure, system, "masked")
    if system.value is None:
        return Beside(figure, system, "missing")
    value = in_base(system)
    if value is None or find_unit(system.unit) is None or unit(system.unit).dimension != figure.dimension:
        return Beside(figure, system, "other_unit")
    signed = interval.times(Fraction(-1)) if figure.role in ("yoy", "mom", "change_abs") and figure.direction == "down" else interval
    state: State = "same" if signed.low <= value <= signed.high else "different"
    printed = -figure.value if signed is not interval else figure.value
    return Beside(figure, system, state, printed - value / figure.factor)


def in_base(system: SystemValue) -> Fraction | None:
    """The system's value in base units of its dimension."""
    known = find_unit(system.unit)
    return None if system.value is None or known is None else system.value * known.factor


def check_system(reading: Reading, values: Mapping[int, SystemValue]) -> tuple[Finding, ...]:
    """system_value: every mapped figure whose printed words cannot mean what the system counts."""
    examined = Examined(reading)
    return with_fingerprints(_against_system(examined, beside_system(reading, values)), reading.text)


def _against_system(examined: Examined, rows: tuple[Beside, ...]) -> Iterator[Finding]:
    for row in rows:
        figure, system = row.figure, row.system
        value, interval = in_base(system), examined.interval(figure)
        if row.state == "different" and value is not None and interval is not None and row.difference is not None:
            counted = value_like(value, figure)
            gap = value_like(abs(row.difference) * figure.factor, figure)
            message = f"{said(figure)}，系统里{system.name}是{counted}，相差{gap}。"
            arithmetic = f"{figure.text}是{range_like(interval, figure)}；系统{value_like(value, figure, figure.places + 2)}"
            advice = "请打开系统里的这个数字，核对口径和截止日期；以系统为准时改正文。"
            yield examined.finding("system_value", "error", message, advice, figure, arithmetic=arithmetic)
        elif row.state == "other_unit":
            message = f"{said(figure)}的单位与系统里{system.name}（{system.unit}）不是同一类。"
            yield examined.finding("system_value", "warning", message, "请核对这个数字对应的指标。", figure)


@dataclass(frozen=True, slots=True)
class Published:
    """A figure an earlier paper printed: what its words can mean in base units of `dimension`, its period code and the paper's name."""

    text: str
    interval: Interval
    dimension: str
    period: str
    paper: str


def published_figure(reading: Reading, index: int, *, paper: str) -> Published | None:
    """A figure of an older reading as the other side; None when masked or the older text names no period."""
    interval = Examined(reading).interval(reading.figures[index])
    if interval is None or reading.period is None:
        return None
    return Published(reading.figures[index].text, interval, reading.figures[index].dimension, reading.period.code, paper)


def check_published(reading: Reading, published: Mapping[int, Published]) -> tuple[Finding, ...]:
    """published_value: the same figure of the same period printed otherwise. published_base: a level and its growth that do not lead back
    to what was printed for the period a year before. `published`: by index of the figure of this text."""
    examined = Examined(reading)
    return with_fingerprints(_against_published(examined, published), reading.text)


def _against_published(examined: Examined, published: Mapping[int, Published]) -> Iterator[Finding]:
    period = examined.reading.period
    for index in sorted(published):
        figure, other = examined.figures[index], published[index]
        interval = examined.interval(figure)
        if interval is None or period is None or other.dimension != figure.dimension:
            continue
        if other.period == period.code and not interval.meets(other.interval):
            message = f"{other.paper}印的同一数字是{other.text}，这里是{said(figure)}。"
            arithmetic = f"{figure.text}是{range_like(interval, figure)}；{other.text}是{range_like(other.interval, figure)}"
            advice = "已公布的数字改动的，请写明修订原因；否则请核对。"
            yield examined.finding("published_value", "error", message, advice, figure, arithmetic=arithmetic)
        elif other.period == period.year_before().code:
            yield from _base(examined, figure, other)


def _base(examined: Examined, figure: ReadFigure, other: Published) -> Iterator[Finding]:
    growth = examined.growth_of(figure)
    before = last_year(examined, figure, growth) if growth is not None else None
    if growth is None or before is None or before.meets(other.interval):
        return
    message = f"按{said(figure)}、同比{growth.text}推算，上年同期是{range_like(before, figure)}，{other.paper}印的却是{other.text}。"
    arithmetic = f"{figure.text} ÷ (1+同比)在{range_like(before, figure)}之间；{other.text}是{range_like(other.interval, figure)}"
    advice = "请核对增幅；上年数已修订或口径已变的，请注明“可比口径”。"
    yield examined.finding("published_base", "warning", message, advice, figure, growth, arithmetic=arithmetic)


def same_figures(reading: Reading, older: Reading) -> dict[int, int]:
    """Figures of two texts that the same words name (subject, unit, place), by index here and there; ambiguous names are left out."""
    ours, theirs = _named(reading), _named(older)
    return {index: theirs[key] for key, index in ours.items() if key in theirs}


def _named(reading: Reading) -> dict[tuple[str, ...], int]:
    examined, found, twice = Examined(reading), dict[tuple[str, ...], int](), set[tuple[str, ...]]()
    for figure in examined.figures:
        key = identity(examined, figure)
        if key is not None:
            subject, dimension, role, place, _ = key
            name = (subject, dimension, role, place)
            if name in found:
                twice.add(name)
            found.setdefault(name, figure.index)
    return {name: index for name, index in found.items() if name not in twice}

"""How figures and intervals are said in findings."""

from __future__ import annotations

from fractions import Fraction

from anju.kernel.quantities.intervals import FAR, Interval
from anju.kernel.reading.figure import ReadFigure
from anju.kernel.reports.findings.facts_of import number

_SCALES = {1: "", 1000: "千", 10**4: "万", 10**8: "亿", 10**12: "万亿"}
_SUBJECT = 16


def said(figure: ReadFigure) -> str:
    """Subject and printed words: 住宅销售额14.57亿元."""
    subject = figure.subject[-_SUBJECT:]
    return f"{subject}{figure.text}"


def value_like(value: Fraction, figure: ReadFigure, places: int | None = None) -> str:
    """A value in base units, said in the scale and unit of a figure with its decimals: 69.90万㎡."""
    places = figure.places if places is None else places
    return number(value / (figure.factor * figure.scale), unit_of(figure), places)


def unit_of(figure: ReadFigure) -> str:
    """Scale and unit as printed beside the number: 万㎡."""
    return _SCALES.get(figure.scale, "") + figure.unit


def range_like(interval: Interval, figure: ReadFigure, more: int = 1) -> str:
    """An interval in the scale and unit of a figure, `more` decimals finer: [4729.66, 4734.45]元/㎡."""
    factor, places = figure.factor * figure.scale, figure.places + more

    def end(value: Fraction) -> str:
        return "…" if abs(value) >= FAR / 10**6 else number(value / factor, "", places)

    if interval.low == interval.high:
        return end(interval.low) + unit_of(figure)
    return f"[{end(interval.low)}, {end(interval.high)}]{unit_of(figure)}"


def percent_range(interval: Interval, places: int = 2) -> str:
    """An interval of numbers beside one as percents: [0.53, 0.55] is [53.00, 55.00]%."""
    low, high = (number(each * 100, "", places) for each in (interval.low, interval.high))
    return f"{low}%" if low == high else f"[{low}, {high}]%"

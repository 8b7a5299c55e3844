"""The words a figure is printed in: its unit and scale, growth phrases, ranks, Chinese numerals, rough counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from anju.kernel.figures.figure import decimals
from anju.kernel.figures.presenting import places_in
from anju.kernel.figures.wording import growth_text
from anju.kernel.quantities.rounding import Mode, round_to
from anju.kernel.quantities.text import and_more, chinese_count, ordinal, plain
from anju.kernel.quantities.units import AREA, DATE, MONEY, convert, find_unit, unit
from anju.kernel.reports.language.references import NotAReference

GROWTH = ("上升", "下降")
MEASURE_WORDS = {"同比": "yoy", "环比": "mom", "增减": "change", "排名": "rank", "占比": "share"}
BARE, CHINESE, ORDINAL, MORE, MANY = "数", "中文", "序数", "余", "多"
DATE_PARTS = {"年份": "year", "月份": "month", "日": "day"}
_PLACES = re.compile(r"([0-6])位")
FORMATS = (*MEASURE_WORDS, BARE, CHINESE, ORDINAL, MORE, MANY, *DATE_PARTS, "N位（小数位数）", "单位（亿元、万㎡……）")


class Worded(Protocol):
    """What of a figure its words depend on (`figures.figure.Figure` has it)."""

    @property
    def measure(self) -> str: ...
    @property
    def value(self) -> Fraction | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def shown(self) -> Decimal | None: ...
    @property
    def show_unit(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def rounding(self) -> Mode: ...


@dataclass(frozen=True, slots=True)
class Format:
    """The formats of a slot, read. `measure`: the measure a word like 同比 asks for, empty for the reference's own.

    `unit`: as written in the slot, and so printed (平方米, ％). `more`: the word for a count said roughly, 余 or 多. `date_part`: the part
    of a date that is printed. `phrase`: growth is said as 同比上升0.71% and not as a bare 0.71%.
    """

    measure: str = ""
    unit: str = ""
    places: int | None = None
    bare: bool = False
    chinese: bool = False
    ordinal: bool = False
    more: str = ""
    date_part: str = ""
    phrase: bool = False


def read_formats(formats: tuple[str, ...]) -> Format:
    """What the words behind `|` mean. Raises NotAReference for one that means nothing or for two that exclude each other."""
    measure, unit_name, places, part, flags = "", "", None, "", set[str]()
    for word in formats:
        decimals = _PLACES.fullmatch(word)
        if word in MEASURE_WORDS and not measure:
            measure = MEASURE_WORDS[word]
        elif decimals and places is None:
            places = int(decimals[1])
        elif word in (BARE, CHINESE, ORDINAL, MORE, MANY):
            flags.add(word)
        elif word in DATE_PARTS and not part:
            part = DATE_PARTS[word]
        elif find_unit(word) is not None and not unit_name:
            unit_name = word
        else:
            raise NotAReference(f"格式“{word}”不认识或重复，可用的有：{'、'.join(FORMATS)}")
    if len(flags & {CHINESE, ORDINAL, MORE, MANY}) > 1:
        raise NotAReference("中文、序数、余、多只能用一个")
    more = next(iter(flags & {MORE, MANY}), "")
    phrase = measure in ("yoy", "mom")
    return Format(measure, unit_name, places, BARE in flags, CHINESE in flags, ORDINAL in flags, more, part, phrase)


def words(figure: Worded, shape: Format, *, growth: tuple[str, str] = GROWTH) -> str:
    """The printed words of a figure.

    A missing figure says why (上年同期为零, 无可比数据) and never prints a number. `growth`: the template's words for up and down.
    Raises AnjuError `quantities.unit_mismatch` when a format's unit measures another kind of thing.
    """
    if figure.value is None or figure.shown is None:
        return figure.text
    if figure.measure == "rank":
        return _number(figure.shown, "", shape) if shape.bare else figure.text
    if figure.measure == "change":
        return figure.text
    if figure.unit == DATE:
        return str(getattr(date.fromordinal(int(figure.value)), shape.date_part)) if shape.date_part else figure.text
    if figure.measure in ("yoy", "mom") and shape.phrase:
        shown, shown_unit = displayed(figure, shape)
        said = growth_text(figure.measure, shown, shown_unit)
        return said.replace(*(GROWTH[0], growth[0]) if shown > 0 else (GROWTH[1], growth[1]), 1)
    return _number(*displayed(figure, shape), shape)


def displayed(figure: Worded, shape: Format) -> tuple[Decimal, str]:
    """The rounded number and its unit as printed, in the unit and places the slot asks for, otherwise the indicator's own."""
    if figure.value is None or figure.shown is None:
        raise ValueError("a missing figure has no number")
    if not shape.unit and shape.places is None:
        return figure.shown, figure.show_unit
    target = unit(shape.unit or figure.show_unit)
    exact = figure.value if target.name == figure.unit else convert(figure.value, unit(figure.unit), target)
    if shape.places is not None:
        places = shape.places
    else:
        places = decimals(figure.shown) if target.name == figure.show_unit else places_in(exact, target)
    return round_to(exact, places, figure.rounding), shape.unit or target.name


def _number(shown: Decimal, shown_unit: str, shape: Format) -> str:
    tail = "" if shape.bare else shown_unit
    if shape.more:
        return _roughly(shown, tail, shape.more)
    if shape.chinese or shape.ordinal:
        whole = int(shown)
        if whole != shown:
            return plain(shown) + tail
        return ordinal(whole) + tail if shape.ordinal else chinese_count(whole, tail)
    return plain(shown) + tail


def _roughly(shown: Decimal, tail: str, word: str) -> str:
    """3247份 is 3200余份, 23.6万元 is 20余万元; things counted in 万 take the word behind it: 12.35万人次 is 12万余人次."""
    whole = int(shown)
    measured = find_unit(tail)
    if measured is not None and measured.dimension in (MONEY, AREA):
        return and_more(whole, word) + tail
    if tail[:1] in ("万", "亿"):
        return f"{whole}{tail[:1]}{word if whole != shown else ''}{tail[1:]}"
    return and_more(whole, word) + tail if whole == shown else plain(shown) + tail

"""The words a figure is printed in: its unit and scale, growth phrases, ranks, Chinese numerals, rough counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from anju.kernel.quantities.rounding import round_half_up
from anju.kernel.quantities.text import and_more, chinese_count, chinese_number, ordinal, plain
from anju.kernel.quantities.units import Unit, convert, find_unit, unit
from anju.kernel.reports.language.references import NotAReference

MEASURE_WORDS = {"同比": "yoy", "环比": "mom", "增减": "change", "排名": "rank", "占比": "share"}
BARE, CHINESE, ORDINAL, MORE = "数", "中文", "序数", "余"
_PLACES = re.compile(r"([0-6])位")
FORMATS = (*MEASURE_WORDS, BARE, CHINESE, ORDINAL, MORE, "N位（小数位数）", "单位（亿元、万㎡……）")
_MISSING = {
    ("yoy", "zero_base"): "上年同期为零",
    ("yoy", "negative_base"): "上年同期为负",
    ("mom", "zero_base"): "上期为零",
    ("mom", "negative_base"): "上期为负",
}
_NOTHING = {"zero_denominator": "—", "scope_change": "口径调整不可比"}
NO_BASE = "无可比数据"


class Worded(Protocol):
    """What of a figure its words depend on (`figures.compute.Figure` has it)."""

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
    def missing(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Format:
    """The formats of a slot, read. `measure`: the measure a word like 同比 asks for, empty for the reference's own.

    `phrase`: growth is said as 同比上升0.71% and not as a bare 0.71%.
    """

    measure: str = ""
    unit: str = ""
    places: int | None = None
    bare: bool = False
    chinese: bool = False
    ordinal: bool = False
    more: bool = False
    phrase: bool = False


def read_formats(formats: tuple[str, ...]) -> Format:
    """What the words behind `|` mean. Raises NotAReference for one that means nothing or for two that exclude each other."""
    measure, unit_name, places, flags = "", "", None, set[str]()
    for word in formats:
        decimals = _PLACES.fullmatch(word)
        if word in MEASURE_WORDS and not measure:
            measure = MEASURE_WORDS[word]
        elif decimals and places is None:
            places = int(decimals[1])
        elif word in (BARE, CHINESE, ORDINAL, MORE):
            flags.add(word)
        elif find_unit(word) is not None and not unit_name:
            unit_name = word
        else:
            raise NotAReference(f"格式“{word}”不认识或重复，可用的有：{'、'.join(FORMATS)}")
    if len(flags & {CHINESE, ORDINAL, MORE}) > 1:
        raise NotAReference("中文、序数、余只能用一个")
    return Format(measure, unit_name, places, BARE in flags, CHINESE in flags, ORDINAL in flags, MORE in flags, measure in ("yoy", "mom"))


def words(figure: Worded, shape: Format, *, growth: tuple[str, str] = ("上升", "下降")) -> str:
    """The printed words of a figure.

    A missing figure says why (上年同期为零, 无可比数据, —) and never prints a number.
    Raises AnjuError `quantities.unit_mismatch` when a format's unit measures another kind of thing.
    """
    if figure.value is None or figure.missing:
        return _missing_words(figure)
    shown, shown_unit = displayed(figure, shape)
    if figure.measure in ("yoy", "mom") and (shape.phrase or not shape.bare):
        return _growth(figure.measure, shown, shown_unit, growth) if shape.phrase else _number(shown, shown_unit, shape)
    if figure.measure == "change":
        return _change(shown, shown_unit)
    if figure.measure == "rank":
        return _rank(int(shown), shape)
    return _number(shown, shown_unit, shape)


def displayed(figure: Worded, shape: Format) -> tuple[Decimal, str]:
    """The rounded number and its unit, in the unit and places the slot asks for, otherwise the indicator's own."""
    if figure.value is None or figure.shown is None:
        raise ValueError("a missing figure has no number")
    if not shape.unit and shape.places is None:
        return figure.shown, figure.show_unit
    target = shape.unit or figure.show_unit
    exact = figure.value if target == figure.unit else convert(figure.value, unit(figure.unit), unit(target))
    return round_half_up(exact, _places(figure, shape, unit(target))), unit(target).name


def _places(figure: Worded, shape: Format, target: Unit) -> int:
    if shape.places is not None:
        return shape.places
    if target.name == figure.show_unit and figure.shown is not None:
        return -int(figure.shown.as_tuple().exponent)
    if target.dimension == "money":
        # 元 is written whole when it is whole; 万元 and 亿元 keep two places (domain facts 6.6).
        return 2 if target.factor > 1 or (figure.value or Fraction(0)).denominator != 1 else 0
    return 2 if target.dimension == "area" else 0 if target.factor == 1 else 2


def _missing_words(figure: Worded) -> str:
    reason = figure.missing or "no_base"
    if reason == "no_base" and figure.measure not in ("yoy", "mom", "change"):
        return "—"
    return _MISSING.get((figure.measure, reason)) or _NOTHING.get(reason) or NO_BASE


def _growth(measure: str, shown: Decimal, shown_unit: str, growth: tuple[str, str]) -> str:
    # 上升 and 下降 carry the sign; a rounded zero is 持平 and prints no number.
    word = "同比" if measure == "yoy" else "环比"
    if shown == 0:
        return f"{word}持平"
    return f"{word}{growth[0] if shown > 0 else growth[1]}{plain(abs(shown))}{shown_unit}"


def _change(shown: Decimal, shown_unit: str) -> str:
    if shown == 0:
        return "持平"
    return f"{'增加' if shown > 0 else '减少'}{plain(abs(shown))}{shown_unit}"


def _rank(place: int, shape: Format) -> str:
    if shape.bare:
        return chinese_number(place) if shape.chinese else str(place)
    return ordinal(place)


def _number(shown: Decimal, shown_unit: str, shape: Format) -> str:
    tail = "" if shape.bare else shown_unit
    if shape.chinese or shape.ordinal or shape.more:
        whole = int(shown)
        if whole != shown:
            return plain(shown) + tail
        if shape.more:
            return and_more(whole) + tail
        return ordinal(whole) + tail if shape.ordinal else chinese_count(whole, tail)
    return plain(shown) + tail

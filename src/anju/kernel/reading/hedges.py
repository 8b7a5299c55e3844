"""Words that make a figure less than exact, and the interval it stands for: 约, 余, 超过, 以上, 不足."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from anju.kernel.reading.figure import Modifier
from anju.kernel.reading.scanning import Found
from anju.kernel.reading.units import is_counted

_BEFORE: tuple[tuple[str, Modifier], ...] = (
    (r"不少于|不低于|不小于|不短于|至少|最少|最低|起码|不下", "at_least"),
    (r"不超过|不高于|不多于|不大于|不长于|不突破|至多|最多|最高|控制在", "at_most"),
    (r"超过|超出|突破|超|逾|高于|大于|多于|高达|(?<![通经透])过", "over"),
    (r"不足|不到|低于|少于|小于|未满|不满|尚不足", "under"),
    (r"大约|大概|约为|约|近|将近|接近|将达|估计", "about"),
)
_AFTER: tuple[tuple[str, Modifier], ...] = (
    (r"及?以上|起", "at_least"),
    (r"及?以下|以内|之内|内(?=[，。；、])", "at_most"),
    (r"左右|上下", "about"),
    (r"[余多](?=[，。；、的])", "over"),
)
_BEFORE_PATTERNS = tuple((re.compile(f"(?:{words})(?:了|达|到)?[ ]?$"), words, modifier) for words, modifier in _BEFORE)
_AFTER_PATTERNS = tuple((re.compile(rf"[ ]?({words})"), modifier) for words, modifier in _AFTER)


_SHARED_ABOUT = re.compile(r"约占[^，。；]{0,12}$")


class Hedged(NamedTuple):
    modifier: Modifier | None
    words: tuple[str, ...]
    low: Fraction | None
    high: Fraction | None


def hedge(normal: str, found: Found, dimension: str) -> Hedged:
    """The modifier of a figure with its words, and the closed interval (in the unit) it stands for."""
    words: list[str] = [found.more] if found.more else []
    modifier: Modifier | None = "over" if found.more else None
    before = normal[max(found.start - 6, 0) : found.start]
    for pattern, _, meaning in _BEFORE_PATTERNS:
        match = pattern.search(before)
        if match is not None:
            words.insert(0, match.group().rstrip("了达到 "))
            modifier = meaning if modifier is None else modifier
            break
    if modifier is None and _SHARED_ABOUT.search(normal, max(found.start - 16, 0), found.start) is not None:
        words, modifier = ["约"], "about"
    for pattern, meaning in _AFTER_PATTERNS:
        match = pattern.match(normal, found.end)
        if match is not None and found.kind == "number":
            words.append(match[1])
            modifier = meaning
            break
    if found.kind == "front":
        modifier = "at_most"
    if found.number is None:
        return Hedged("masked", tuple(words), None, None)
    low, high = interval(found, dimension, modifier, near="近" in words or "将近" in words or "接近" in words)
    return Hedged(modifier, tuple(words), low, high)


def interval(found: Found, dimension: str, modifier: Modifier | None, *, near: bool = False) -> tuple[Fraction | None, Fraction | None]:
    """What the printed words can mean: half a unit of the last place for measured amounts; a plain count in full is exact.

    约 widens to one unit of the last significant digit; 余 reaches up to the next one; 近 from the one before. None is open.
    """
    assert found.number is not None
    value = found.number * found.scale
    top = value if found.upper is None else found.upper * found.scale
    exact = (is_counted(dimension) and found.scale == 1 and found.places == 0) or found.kind != "number"
    half = Fraction(0) if exact else Fraction(found.scale, 2 * 10**found.places)
    if modifier is None:
        return value - half, top + half
    unit = _significant(found)
    if modifier == "about":
        return (value - unit, value) if near else (value - unit, top + unit)
    if modifier == "over":
        return value - half, (top + unit if found.more else None)
    if modifier == "at_least":
        return value - half, None
    return (Fraction(0) if value >= 0 else None), top + half


def _significant(found: Found) -> Fraction:
    """One unit of the last digit that is not a trailing zero of a whole number: 10 for 340, 0.01亿 for 17.15亿."""
    assert found.number is not None
    if found.places or found.number == 0 or found.number.denominator != 1:
        return Fraction(found.scale, 10**found.places)
    digits = str(abs(found.number.numerator))
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))) * found.scale)

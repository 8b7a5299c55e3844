"""Slips of the pen: what a printed number becomes when one digit is wrong, two are exchanged, or a digit is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.figure import ReadFigure

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
DIGITS_MAX = 10
_SCALES = {1: "", 10**4: "万", 10**8: "亿"}


def slips(figure: ReadFigure) -> Iterator[tuple[str, Interval]]:
    """The printed text with one slip undone, and what it would then stand for in base units. At most 100 for a figure."""
    match = _DIGITS.match(figure.text)
    if match is None or figure.value is None or len(match[0]) > DIGITS_MAX or figure.value_max is not None:
        return
    yield from scaled(figure)
    written, rest = match[0].replace(",", ""), figure.text[match.end() :]
    seen = {written}
    for changed in _changed(written):
        if changed not in seen and changed.replace(".", "").strip("0"):
            seen.add(changed)
            value = Fraction(changed) * figure.scale
            half = figure.step / 2 if figure.places or figure.scale > 1 else Fraction(0)
            yield changed + rest, Interval((value - half) * figure.factor, (value + half) * figure.factor)


def scaled(figure: ReadFigure) -> Iterator[tuple[str, Interval]]:
    """万 written for 亿, 亿 for 万, 万 left out."""
    for scale, word in ((10**8, "亿"), (10**4, "万")):
        if scale != figure.scale and figure.value is not None and figure.scale in _SCALES:
            digits = _DIGITS.match(figure.text)
            rest = figure.text[digits.end() :] if digits else ""
            value = figure.value / figure.scale * scale
            half = Fraction(scale, 10**figure.places) / 2
            text = f"{digits[0] if digits else ''}{word}{rest.removeprefix(_SCALES[figure.scale])}"
            yield text, Interval((value - half) * figure.factor, (value + half) * figure.factor)


def _changed(written: str) -> Iterator[str]:
    for place, mark in enumerate(written):
        if mark == ".":
            continue
        for digit in "0123456789":
            if digit != mark and not (place == 0 and digit == "0" and len(written) > 1 and written[1] != "."):
                yield written[:place] + digit + written[place + 1 :]
        following = written[place + 1 : place + 2]
        if following.isdigit() and following != mark:
            yield written[:place] + following + mark + written[place + 2 :]


def repairs(
    figures: Sequence[ReadFigure],
    holds: Callable[[int, Interval], bool],
    ways: Callable[[ReadFigure], Iterator[tuple[str, Interval]]] = slips,
) -> list[tuple[ReadFigure, str]]:
    """Figures and what they should read, such that one slip undone makes a relation hold; at most one for a figure, the first.

    `holds(position, interval)` answers for the figure at that position. `ways`: the slips tried, all by default.
    """
    found: list[tuple[ReadFigure, str]] = []
    for position, figure in enumerate(figures):
        fitting = next((text for text, interval in ways(figure) if holds(position, interval)), None)
        if fitting is not None:
            found.append((figure, fitting))
    return found

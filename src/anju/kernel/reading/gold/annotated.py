"""Annotated texts: ⟦35.52万㎡｜355200 ㎡ level #area⟧ marks a figure and says what it is.

After the bar: value (`-` masked, `low~high` a range, `1/3` a fraction), unit (`-` none), role, then in any order a direction, a modifier,
`#name` to name the figure and `>name` for the figure it attaches to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_MARK = re.compile(r"⟦([^｜⟧]+)｜([^⟧]+)⟧")
_DIRECTIONS = frozenset({"up", "down", "flat"})


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """One figure as a person reads it; `value` None when masked; `attaches_to` is an index into the figures of the text."""

    start: int
    end: int
    value: Fraction | None
    value_max: Fraction | None
    unit: str
    role: str
    direction: str | None = None
    modifier: str | None = None
    attaches_to: int | None = None


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text without its marks, and the figures in it."""

    name: str
    text: str
    figures: tuple[GoldFigure, ...]


def parse(name: str, annotated: str) -> GoldText:
    """Read an annotated text. Raises ValueError with the mark that cannot be read."""
    text = ""
    found: list[GoldFigure] = []
    names: dict[str, int] = {}
    wanted: dict[int, str] = {}
    place = 0
    for match in _MARK.finditer(annotated):
        text += annotated[place : match.start()]
        place = match.end()
        figure, label, target = _figure(match, len(text))
        if label:
            names[label] = len(found)
        if target:
            wanted[len(found)] = target
        text += match[1]
        found.append(figure)
    text += annotated[place:]
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"{name}: a mark is not closed")
    missing = set(wanted.values()) - set(names)
    if missing:
        raise ValueError(f"{name}: no figure is named {', '.join(sorted(missing))}")
    attached = {index: names[target] for index, target in wanted.items()}
    return GoldText(name, text, tuple(_attach(figure, attached.get(index)) for index, figure in enumerate(found)))


def _figure(match: re.Match[str], start: int) -> tuple[GoldFigure, str, str]:
    words = match[2].split()
    if len(words) < 3:
        raise ValueError(f"cannot read {match.group()}")
    low, _, high = words[0].partition("~")
    value = None if low == "-" else Fraction(low)
    direction = modifier = None
    label = target = ""
    for word in words[3:]:
        if word[0] == "#":
            label = word[1:]
        elif word[0] == ">":
            target = word[1:]
        elif word in _DIRECTIONS:
            direction = word
        else:
            modifier = word
    unit = "" if words[1] == "-" else words[1]
    upper = Fraction(high) if high else None
    return GoldFigure(start, start + len(match[1]), value, upper, unit, words[2], direction, modifier), label, target


def _attach(figure: GoldFigure, target: int | None) -> GoldFigure:
    return GoldFigure(
        figure.start, figure.end, figure.value, figure.value_max, figure.unit, figure.role, figure.direction, figure.modifier, target
    )  # fmt: skip

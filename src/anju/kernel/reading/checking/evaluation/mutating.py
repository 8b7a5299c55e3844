"""Slips a writer makes, one at a time: a digit, two digits exchanged, 万 for 亿, a lost 万, 上升 for 下降, another year, another place."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from anju.kernel.reading.figure import ReadFigure, Reading

Kind = Literal["digit", "exchange", "scale", "direction", "year", "place"]
KINDS: tuple[Kind, ...] = ("digit", "exchange", "scale", "direction", "year", "place")

_TURNED = {
    "增长": "下降", "上升": "下降", "下降": "增长", "减少": "增加", "增加": "减少", "提高": "下降", "减": "增",
}  # fmt: skip
_WORD = re.compile("|".join(sorted(_TURNED, key=len, reverse=True)))
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
_PLACE = re.compile(r"(?<=[全我])[县区市](?![级直域])|[县区市](?=委、[县区市]政府)")
_PLACES = "县区市"


@dataclass(frozen=True, slots=True)
class Slip:
    """text[start:end] became `new`; `figure` is the index of the figure it changed, None for words and years."""

    kind: Kind
    start: int
    end: int
    new: str
    figure: int | None = None

    def applied(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]


def slips_of(reading: Reading, dice: random.Random) -> Iterator[Slip]:
    """One slip of each kind for every place that can have one, in reading order."""
    for figure in reading.figures:
        if figure.value is not None and figure.text[:1].isdigit():
            yield from _of_figure(reading, figure, dice)
    for match in _YEAR.finditer(reading.text):
        year = int(match[1]) + dice.choice((-2, -1, 1, 2))
        yield Slip("year", match.start(1), match.end(1), str(year))
    for match in _PLACE.finditer(reading.text):
        other = dice.choice([each for each in _PLACES if each != match[0]])
        yield Slip("place", match.start(), match.end(), other)


def _of_figure(reading: Reading, figure: ReadFigure, dice: random.Random) -> Iterator[Slip]:
    digits = [place for place, mark in enumerate(figure.text) if mark.isdigit()]
    place = dice.choice(digits)
    old = figure.text[place]
    new = dice.choice([digit for digit in "123456789" if digit != old])
    yield Slip("digit", figure.start + place, figure.start + place + 1, new, figure.index)
    pairs = [a for a, b in pairwise(digits) if b == a + 1 and figure.text[a] != figure.text[b]]
    pairs = [a for a in pairs if not (a == 0 and figure.text[1] == "0")]
    if pairs:
        a = dice.choice(pairs)
        yield Slip("exchange", figure.start + a, figure.start + a + 2, figure.text[a + 1] + figure.text[a], figure.index)
    scale = re.search(r"[万亿]", figure.text)
    if scale is not None:
        new = {"万": dice.choice(("", "亿")), "亿": "万"}[scale[0]]
        yield Slip("scale", figure.start + scale.start(), figure.start + scale.end(), new, figure.index)
    if figure.role in ("yoy", "change_abs"):
        words = list(_WORD.finditer(reading.text, max(0, figure.start - 5), figure.start))
        if words:
            yield Slip("direction", words[-1].start(), words[-1].end(), _TURNED[words[-1][0]], figure.index)

"""A figure as a slot of the template language: reference and formats, and the stretch of words the slot replaces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anju.kernel.figures.indicators import Indicator
from anju.kernel.quantities.units import find_unit
from anju.kernel.reading.figure import ReadFigure, Reading

_GROWTH = {
    "yoy": ("同比", re.compile(r"(?:同比|[比较](?:上年|去年)(?:同期)?)(?:增长|上升|提高|上涨|增加|下降|减少|降低|下跌|回落)?(?:了)?$")),
    "mom": ("环比", re.compile(r"(?:环比|[比较]上(?:月|季度|期))(?:增长|上升|提高|上涨|增加|下降|减少|降低|下跌|回落)?(?:了)?$")),
    "change": ("增减", re.compile(r"(?:同比|[比较](?:上年|去年)(?:同期)?)(?:增长|增加|提高|多|下降|减少|降低|少)(?:了)?$")),
}
_SCALED = re.compile(r"[\d,.*]+[余多]?((?:万亿|亿|万)?)[余多]?(.*)$")
_MORE = re.compile(r"[余多]")
_CHINESE = re.compile(r"^[一二三四五六七八九十百两]")


@dataclass(frozen=True, slots=True)
class SlotText:
    """text[start:end] gives way to `slot` ({market.new_homes.amount|同比})."""

    start: int
    end: int
    slot: str


def slot_of(reading: Reading, figure: ReadFigure, reference: str, indicator: Indicator) -> SlotText:
    """The slot that prints this figure as the text prints it: growth in its words, unit, decimals, 余 and Chinese numerals."""
    name, _, measure = reference.partition("#")
    if measure in _GROWTH:
        word, pattern = _GROWTH[measure]
        said = pattern.search(reading.text, max(figure.start - 12, 0), figure.start)
        if said is not None:
            places = f"|{figure.places}位" if figure.dimension == "rate" and figure.places != indicator.growth_round else ""
            return SlotText(said.start(), figure.end, "{" + f"{name}|{word}{places}" + "}")
        return SlotText(figure.start, figure.end, "{" + reference + "}")
    if measure == "rank":
        return SlotText(figure.start, figure.end, "{" + f"{name}|排名" + "}")
    formats = "".join(f"|{word}" for word in _formats(figure, indicator))
    return SlotText(figure.start, figure.end, "{" + reference + formats + "}")


def _formats(figure: ReadFigure, indicator: Indicator) -> list[str]:
    if _CHINESE.match(figure.text):
        return ["中文"]
    formats: list[str] = []
    printed = _SCALED.match(figure.text)
    unit = (printed[1] + printed[2]).strip() if printed is not None else ""
    known = find_unit(unit) if unit else None
    shown = indicator.show or indicator.unit
    if known is not None and known.dimension == indicator.unit.dimension and unit != shown.name:
        formats.append(unit)
    more = _MORE.search(figure.text)
    if more is not None:
        return [*formats, more.group().replace("来", "余")]
    counted = figure.places == 0 and indicator.round == 0
    if figure.value is not None and not counted and figure.places != indicator.round:
        formats.append(f"{figure.places}位")
    return formats

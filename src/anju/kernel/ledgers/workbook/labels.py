"""The words above a column, made comparable: full-width forms, blanks, punctuation and units aside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anju.kernel.quantities.units import Unit, find_unit

_BRACKETED = re.compile(r"[（(\[【〔]([^）)\]】〕]*)[）)\]】〕]")
_NOISE = re.compile(r"[\s　*＊:：·,，。.、;；\"'“”‘’_\-—–~～!！?？]+")
_UNIT_WORD = re.compile(r"^(?:计量|金额|货币|面积|数量)?单位[:：]?")
_STATED = re.compile(r"单位[:：]\s*([^\s:：（(]+)")
_SEPARATORS = re.compile(r"[、,，;；和及]")
_TRAILING = re.compile(r"^(.+?)[/／,，:：\s]+([^/／,，:：\s]+(?:[/／][^/／,，:：\s]+)?)$")
_GLUED = ("亿元", "万元", "万平方米", "平方米", "万㎡", "㎡", "m²", "m2", "公顷", "亩", "元", "%", "％")

SERIAL_LABELS = frozenset({"序号", "序", "no", "编次", "行号", "顺序号", "序列号", "行次", "项次"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: its comparable words and the unit it names, if any."""

    words: str
    unit: Unit | None = None


@lru_cache(maxsize=65536)
def comparable(text: str) -> str:
    """The words alone: NFKC, lower case, without blanks and punctuation; brackets stay with their content."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _NOISE.sub("", folded).replace("[", "(").replace("]", ")")


@lru_cache(maxsize=65536)
def readings(label: str) -> tuple[Reading, ...]:
    """Every sensible way to read a label, the likeliest first: `金额（万元）` is 金额 in 万元, `总金额/万元` too, `面积㎡` too."""
    found: list[Reading] = []
    unit, bare = None, label
    for match in _BRACKETED.finditer(label):
        inside = _UNIT_WORD.sub("", match.group(1).strip())
        named = find_unit(inside)
        if named is not None:
            unit = unit or named
            bare = bare.replace(match.group(0), "")
    found.append(Reading(comparable(bare), unit))
    without_notes = comparable(_BRACKETED.sub("", bare))
    if without_notes:
        found.append(Reading(without_notes, unit))
    if unit is None:
        found += _unbracketed(bare)
    return tuple(dict.fromkeys(reading for reading in found if reading.words))


def _unbracketed(label: str) -> list[Reading]:
    found: list[Reading] = []
    text = label.strip()
    trailing = _TRAILING.match(text)
    if trailing:
        named = find_unit(trailing.group(2))
        if named is not None:
            found.append(Reading(comparable(trailing.group(1)), named))
    for glued in _GLUED:
        if text.endswith(glued) and len(text) > len(glued) + 1:
            found.append(Reading(comparable(text[: -len(glued)]), find_unit(glued)))
            break
    return found


def stated_units(texts: list[str]) -> list[Unit]:
    """Units that title lines state for the whole table: `单位：万元、㎡`. `填报单位：某中心` names no unit and gives none."""
    found: list[Unit] = []
    for text in texts:
        for match in _STATED.finditer(text):
            stated = match.group(1).strip("）)】]。.")
            parts = [stated] if find_unit(stated) else _SEPARATORS.split(stated)
            found += [named for part in parts if (named := find_unit(part.strip())) is not None]
    return found

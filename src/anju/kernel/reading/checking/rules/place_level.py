"""One's own place called by two levels: 区委、区政府 at the beginning and 我县 later; 县委、市政府 in one breath; 全市 for 全县."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.rules.own_place import NOT_A_DISTRICT, Mark, marks_of, own_level

_SPLIT = re.compile(rf"{NOT_A_DISTRICT}([县区市])委、?(?!\1)([县区市])政府")
_CITY_WIDE = re.compile(r"(?:^|[，。；：\n])(?:上半年|全年|一季度|截[至止][^，。；]{1,8}，)?全市(?=[^，。；\d]{2,20}\d)")
_COMPARED = re.compile(r"排名|位列|位居|第[一二三四五六七八九十\d]|平均|考核|通报|率先|首个|唯一|占全市")
_NAMED_COUNTY = re.compile(r"[\u4e00-\u9fff](?<![全我各市区一该本])县(?![区域级乡城])")
SHOWN = 6


def check_place_level(examined: Examined) -> Iterator[Finding]:
    """place_level: one report speaks of one place of its own (invariant 60)."""
    oneself, wholes = marks_of(examined)
    yield from _split_names(examined)
    own = own_level(examined, oneself, wholes)
    if own is None:
        return
    others = [mark for mark in oneself if _foreign(own, mark)]
    others += [mark for mark in wholes if mark.level != own and not _of_another(examined, own, mark)]
    if others:
        yield _mixed(
            examined, own, [mark for mark in (*oneself, *wholes) if mark.level == own], sorted(others, key=lambda mark: mark.start)
        )
    if own in ("县", "区"):
        yield from _city_wide(examined, own)


def _foreign(own: str, mark: Mark) -> bool:
    """我县 in a district's report; 市委、市政府 is the place above a county, and a city speaks of the governments below it."""
    if mark.words.startswith("我"):
        return mark.level != own
    return mark.level not in (own, "市") and own != "市"


def _of_another(examined: Examined, own: str, mark: Mark) -> bool:
    """全区 in a city's report may be the autonomous region; one that names a county may speak of the whole of it."""
    sentence = examined.text[slice(*examined.sentence_at(mark.start))]
    return own == "市" and (mark.level == "区" or bool(_NAMED_COUNTY.search(sentence)))


def _mixed(examined: Examined, own: str, same: list[Mark], others: list[Mark]) -> Finding:
    words = "、".join(dict.fromkeys(mark.words for mark in others))
    shown = f"“{same[0].words}”" if same else f"“{own}”"
    message = f"本级的称谓前后不一：一处是{shown}，另{len(others)}处写成“{words}”。"
    spans = [(mark.start, mark.end) for mark in (*same[:SHOWN], *others[:SHOWN])]
    return examined.finding("place_level", "error", message, f"请统一为“{own}”，或核对这些话是否留自别处的材料。", spans=sorted(spans))


def _split_names(examined: Examined) -> Iterator[Finding]:
    for match in _SPLIT.finditer(examined.text):
        message = f"“{match[0]}”把两级写在了一起。"
        yield examined.finding("place_level", "error", message, "请核对是哪一级的党委和政府。", spans=[match.span()])


def _city_wide(examined: Examined, own: str) -> Iterator[Finding]:
    """Work of the whole city told in a county's report, without comparing with the city."""
    for match in _CITY_WIDE.finditer(examined.text):
        sentence = examined.text[slice(*examined.sentence_at(match.end()))]
        if not _COMPARED.search(sentence):
            place = (match.end() - 2, match.end())
            message = f"本报告是{own}级的，“{examined.around(place, 6)}”却说全市的数。"
            yield examined.finding("place_level", "warning", message, f"请核对是否应为“全{own}”。", spans=[place])

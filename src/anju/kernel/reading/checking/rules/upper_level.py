"""The place above a city, called province and autonomous region by turns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.rules.own_place import NOT_A_DISTRICT, marks_of, own_level

_PROVINCE = re.compile(r"全省|省委、?省政府|省住建厅|省第[一二三四五六七八九十]+次党代会|省级")
_AUTONOMOUS = re.compile(rf"(?:自治区(?:党委|政府|住建厅)|{NOT_A_DISTRICT}全区(?![域性]))")
_REGION = re.compile(r"自治区|宁夏|广西|新疆|西藏|内蒙古")
_COMPARED = re.compile(r"排名|位列|位居|第[一二三四五六七八九十\d]|平均|考核|通报|率先|首个|唯一")
SHOWN, CITY_MIN = 6, 1


def check_upper_level(examined: Examined) -> Iterator[Finding]:
    """place_level: a city has one kind of place above it (invariant 61)."""
    if own_level(examined, *marks_of(examined)) != "市":
        return
    provinces = list(_PROVINCE.finditer(examined.text))
    regions = list(_AUTONOMOUS.finditer(examined.text))
    if provinces and regions:
        spans = [match.span() for match in (provinces[0], *regions[:SHOWN])]
        words = "、".join(dict.fromkeys(match[0] for match in regions))
        message = f"上级区划的称谓混用：“{provinces[0][0]}”是省，“{words}”是自治区。"
        yield examined.finding("place_level", "error", message, "请按上级的实际区划统一称“省”或“自治区（全区）”。", spans=spans)
    elif not _REGION.search(examined.text) and examined.text.count("全市") >= CITY_MIN:
        yield from _region_wide(examined, regions)


def _region_wide(examined: Examined, regions: list[re.Match[str]]) -> Iterator[Finding]:
    """全区 with figures in a city's report that names no autonomous region, and says 全市 elsewhere."""
    for match in regions:
        start, end = examined.clause(match.start())
        sentence = examined.text[slice(*examined.sentence_at(match.start()))]
        if examined.within(start, end) and not _COMPARED.search(sentence):
            message = f"本报告是市级的，“{examined.around(match.span(), 6)}”却说全区的数。"
            yield examined.finding("place_level", "warning", message, "请核对是否应为“全市”；指自治区的，请写明。", spans=[match.span()])

"""Names of one's own place and of the place above, mixed: 区委、区政府 at the beginning and 我县 later; 全省 beside 全区."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding

_BEFORE = r"(?<![社园景小城辖片郊发山库地市各牧林矿港新院厂校场战防洪])"
_ONESELF = re.compile(rf"{_BEFORE}([县区市])委、?\1政府|我([县区市])(?![里外])")
_SPLIT = re.compile(rf"{_BEFORE}([县区市])委、?(?!\1)([县区市])政府")
_CITY_WIDE = re.compile(r"(?:^|[，。；：\n])(?:上半年|全年|一季度|截[至止][^，。；]{1,8}，)?全市(?=[^，。；\d]{2,20}\d)")
_REGION = re.compile(r"自治区|宁夏|广西|新疆|西藏|内蒙古")
_COMPARED = re.compile(r"排名|位列|位居|第[一二三四五六七八九十\d]|平均|考核|通报|率先|首个|唯一|占全市")
_TITLE = re.compile(
    r"^[\s\u3000]*(?:关于)?[\u4e00-\u9fff]{1,12}([县区市])(?:[^县区市\n，。]{2,18}?(?:局|中心|委|办|处))?(?:关于)?(?=20\d\d年)|"
    r"([县区市])(?:住房和城乡建设|住房城乡建设|住建|房产|房管|住房保障)[^\n，。]{0,8}(?:局|中心|委)"
)
_UPPER = {"县": "市省", "区": "市省", "市": "省"}
_PROVINCE = re.compile(r"全省|省委、?省政府|省住建厅|省第[一二三四五六七八九十]+次党代会|省级")
_AUTONOMOUS = re.compile(rf"(?:自治区(?:党委|政府|住建厅)|{_BEFORE}全区(?![域性]))")
_NAMED_COUNTY = re.compile(r"[\u4e00-\u9fff](?<![全我各市区一该本])县(?![区域级乡城])")
SHOWN, CITY_MIN = 6, 2


def check_place_level(examined: Examined) -> Iterator[Finding]:
    """place_level: one report speaks of one place of its own (invariant 60) and of one kind of place above it (invariant 61)."""
    marks = [(match, next(group for group in match.groups() if group)) for match in _ONESELF.finditer(examined.text)]
    yield from _split_names(examined)
    own = _own_level(examined, marks)
    if own is None:
        return
    others = [match for match, level in marks if level != own and not _is_upper(own, match[0], level)]
    others += [match for match in _wholes(examined) if match[1] != own and not _legitimate(examined, own, match)]
    if others:
        places = sorted((match.start(), match.end()) for match in others)
        words = "、".join(dict.fromkeys(match[0] for match in others))
        first = next((match for match, level in marks if level == own), None)
        shown = f"“{first[0]}”" if first is not None else f"“{own}”"
        message = f"本级的称谓前后不一：一处是{shown}，另{len(places)}处写成“{words}”。"
        spans = ([(first.start(), first.end())] if first is not None else []) + places[:SHOWN]
        yield examined.finding("place_level", "error", message, f"请统一为“{own}”，或核对这些话是否留自别处的材料。", spans=spans)
    if own in ("县", "区"):
        yield from _city_wide(examined, own)
    if own == "市":
        yield from _upper_mix(examined)


def _split_names(examined: Examined) -> Iterator[Finding]:
    """县委、市政府: committee and government of two levels in one breath."""
    for match in _SPLIT.finditer(examined.text):
        message = f"“{match[0]}”把两级写在了一起。"
        yield examined.finding("place_level", "error", message, "请核对是哪一级的党委和政府。", spans=[(match.start(), match.end())])


def _city_wide(examined: Examined, own: str) -> Iterator[Finding]:
    """Work of the whole city told in a county's report, without comparing with the city."""
    for match in _CITY_WIDE.finditer(examined.text):
        sentence = examined.text[slice(*examined.sentence_at(match.end()))]
        if not _COMPARED.search(sentence):
            place = (match.end() - 2, match.end())
            message = f"本报告是{own}级的，“{examined.around(place, 6)}”却说全市的数。"
            yield examined.finding("place_level", "warning", message, f"请核对是否应为“全{own}”。", spans=[place])


def _region_wide(examined: Examined, regions: list[re.Match[str]]) -> Iterator[Finding]:
    """全区 with figures in a city's report that names no autonomous region, and says 全市 elsewhere."""
    if examined.text.count("全市") < CITY_MIN:
        return
    for match in regions:
        start, end = examined.clause(match.start())
        sentence = examined.text[slice(*examined.sentence_at(match.start()))]
        if examined.within(start, end) and not _COMPARED.search(sentence):
            place = (match.start(), match.end())
            message = f"本报告是市级的，“{examined.around(place, 6)}”却说全区的数。"
            yield examined.finding("place_level", "warning", message, "请核对是否应为“全市”；指自治区的，请写明。", spans=[place])


def _own_level(examined: Examined, marks: list[tuple[re.Match[str], str]]) -> str | None:
    """The level the text speaks for: what the name of the bureau in the first lines says, else the first 委、政府 or 我县."""
    opening = examined.reading.paragraphs[0].text if examined.reading.paragraphs else ""
    titled = _TITLE.search(opening[:80])
    if titled is not None:
        return titled[1] or titled[2]
    return marks[0][1] if marks else None


def _wholes(examined: Examined) -> Iterator[re.Match[str]]:
    yield from re.finditer(rf"{_BEFORE}(?<![在对健])全([县区])(?![域性级直各委办])", examined.text)


def _is_upper(own: str, words: str, level: str) -> bool:
    """市委、市政府 in a county's report is the place above."""
    return level in _UPPER[own] and not words.startswith("我")


def _legitimate(examined: Examined, own: str, match: re.Match[str]) -> bool:
    """全区 in a city's report may be the autonomous region; one that names a county may speak of the whole of it."""
    sentence = examined.text[slice(*examined.sentence_at(match.start()))]
    return own == "市" and (match[1] == "区" or bool(_NAMED_COUNTY.search(sentence)))


def _upper_mix(examined: Examined) -> Iterator[Finding]:
    provinces = list(_PROVINCE.finditer(examined.text))
    regions = list(_AUTONOMOUS.finditer(examined.text))
    if regions and not provinces and not _REGION.search(examined.text):
        yield from _region_wide(examined, regions)
    elif provinces and regions:
        spans = [(match.start(), match.end()) for match in (provinces[0], *regions[:SHOWN])]
        words = "、".join(dict.fromkeys(match[0] for match in regions))
        message = f"上级区划的称谓混用：“{provinces[0][0]}”是省，“{words}”是自治区。"
        yield examined.finding("place_level", "error", message, "请按上级的实际区划统一称“省”或“自治区（全区）”。", spans=spans)

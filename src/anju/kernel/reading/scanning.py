"""Finding the spans of figures: a number, its scale and unit, and the 余 or 多 between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from anju.kernel.reading import contexts
from anju.kernel.reading.numerals import SCALES, arabic, chinese
from anju.kernel.reading.units import AFTER_CHINESE, UNIT

NUMERAL = "[一二三四五六七八九十百千万亿两零〇]"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MASK = r"\*+(?:\.\*+)?|_{2,}"
_LETTERS = rf"(?<![A-Za-z])[xX]{{1,6}}(?:\.[xX]{{1,4}})?(?=[余多]?(?:万|亿|千)?[余多]?(?:{UNIT}))"
_START = re.compile(
    rf"(?P<fraction>(?P<below>{NUMERAL}{{1,3}}|\d{{1,3}})分之(?P<above>{NUMERAL}{{1,5}}(?:点{NUMERAL}{{1,4}})?|{_ARABIC}))"
    rf"|(?P<order>(?:倒数)?第(?P<nth>{NUMERAL}{{1,4}}|\d{{1,3}})(?P<nth_unit>位|名)?)"
    rf"|(?P<front>前(?P<top>{NUMERAL}{{1,3}}|\d{{1,3}})(?P<top_unit>位|名|强)?)"
    rf"|(?P<mask>{_MASK}|{_LETTERS})|(?P<arabic>(?<![\d.])(?:{_ARABIC}))"
    rf"|(?P<numeral>{NUMERAL}{{1,15}}(?:点{NUMERAL}{{1,4}})?)"
)
_TAIL = re.compile(
    rf"(?P<more>[余多来几])?(?P<scale>万亿|百万|千万|十万|亿|万|千(?![瓦米克伏卡])|百(?!分))?(?P<more_2>[余多来])?[ ]?(?P<unit>{UNIT})?"
)
_COMPOSED = re.compile(
    r"(?P<front>(?:\d{1,4}(?:万亿|[亿万千百]|千万|百万|十万)零?){1,4})(?P<rest>\d{1,4}(?:\.\d{1,4})?)(?![\d,.])"
    r"(?=(?P<last>万亿|千万|百万|十万|亿|万|千|百(?!分))?)"
)
"""3万4千, 1亿2000万, 2千5百万, 1亿2000万3千, 2万零500, 3万4000: one number in several scales, each part smaller than the one before."""
_STEPS = re.compile(r"(\d+(?:\.\d+)?)|(零)|(万亿|[亿万千百十])")
_RANGE = re.compile(rf"(?:[-—–~－]{{1,2}}|至|到)(?P<upper>{_ARABIC})")
_CHAIN = re.compile(rf"(?:、|和|及|以及|与|，)(?={_ARABIC}|\*)")
_CHAIN_LIMIT = 16
_ALONE = re.compile(r"[百千万亿]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A span as scanned: value = `number` × `scale`; `number` is None when masked. `upper` ends a range; `more` is 余 or 多 in the span."""

    start: int
    end: int
    number: Fraction | None
    places: int = 0
    scale: int = 1
    unit: str = ""
    upper: Fraction | None = None
    more: str = ""
    kind: str = "number"
    """number, rank (第二), front (前三) or fraction (三分之二)."""
    negative: bool = False


def scan(normal: str, taken: bytearray) -> Iterator[Found]:
    """The figures of a normal form (see `layout`), left to right, none where `taken` is set."""
    place = 0
    while (match := _START.search(normal, place)) is not None:
        place = match.end()
        if taken.find(1, match.start(), match.end()) >= 0:
            place = _behind_taken(taken, match)
            continue
        found = _READERS[match.lastgroup if match.lastgroup in _READERS else _group(match)](normal, match, taken)
        if found is not None and taken.find(1, found.start, found.end) < 0:
            yield found
            place = found.end


def _group(match: re.Match[str]) -> str:
    return next(name for name in _READERS if match[name] is not None)


def _behind_taken(taken: bytearray, match: re.Match[str]) -> int:
    """Go on right behind the first free stretch, so that 十四五100个 still gives 100个."""
    end = taken.find(1, match.start(), match.end())
    while end < len(taken) and taken[end]:
        end += 1
    return max(end, match.start() + 1)


def _fraction(normal: str, match: re.Match[str], taken: bytearray) -> Found | None:
    below, above = _any(match["below"]), _any(match["above"])
    if below is None or above is None or below[0] == 0:
        return None
    if below[0] in (100, 1000):
        return Found(match.start(), match.end(), above[0], above[1], unit="%" if below[0] == 100 else "‰")
    return Found(match.start(), match.end(), above[0] / below[0], kind="fraction")


def _order(normal: str, match: re.Match[str], taken: bytearray) -> Found | None:
    number = _any(match["nth"])
    if number is None or not contexts.ranks(normal, match.start(), match.end(), bool(match["nth_unit"])):
        return None
    start = match.start() + (2 if match["order"].startswith("倒数") else 0)
    return Found(start, match.end(), number[0], unit=match["nth_unit"] or "位", kind="rank")


def _front(normal: str, match: re.Match[str], taken: bytearray) -> Found | None:
    number = _any(match["top"])
    if number is None or not contexts.ranks_in_front(normal, match.start(), match.end(), match["top_unit"] or ""):
        return None
    return Found(match.start(), match.end(), number[0], unit=(match["top_unit"] or "位").replace("强", "位"), kind="front")


def _mask(normal: str, match: re.Match[str], taken: bytearray) -> Found | None:
    places = len(match["mask"].partition(".")[2])
    found = _with_tail(normal, Found(match.start(), match.end(), None, places), chained=True, taken=taken)
    if found is None or found.unit in contexts.NOT_MASKED or (found.unit == "" and found.scale == 1):
        return None
    return None if found.unit in ("年", "月", "日") and not contexts.lasts(normal, found.start) else found


def _arabic_figure(normal: str, match: re.Match[str], taken: bytearray) -> Found | None:
    read = arabic(match["arabic"])
    if read is None:
        return None
    number, places = read
    start = match.start()
    negative = start > 0 and normal[start - 1] in "-−－" and not contexts.joins(normal, start - 1)
    composed = _composed(normal, match)
    ranged = None
    if composed is None and not contexts.goes_from(normal, start):
        ranged = _ranged(normal, match, number, places)
    bare = composed or Found(start - negative, match.end(), number, places)
    bare = replace(bare, start=start - negative, negative=negative)
    found = _with_tail(normal, ranged or bare, chained=True, taken=taken)
    if found is None or (found.upper is None and ranged is not None):
        return None
    if found.unit == "" and found.scale == 1:
        return found if contexts.stands_alone(normal, found.start, found.end, places) and found.upper is None else None
    return found if contexts.counts(normal, found.start, found.end, found.unit) else None


def _composed(normal: str, match: re.Match[str]) -> Found | None:
    """3万4千 up to its last digit, counted in the scale that follows; None when the text writes no such number."""
    found = _COMPOSED.match(normal, match.start())
    if found is None:
        return None
    front, last = found["front"], found["last"] or ""
    if not last and not front.endswith("零") and not (front.endswith("万") and len(found["rest"]) == 4):
        return None  # 1万2户 is no number
    value = _summed(f"{front}{found['rest']}{last}")
    if value is None:
        return None
    return Found(match.start(), found.end("rest"), value / SCALES.get(last, 1), len(found["rest"].partition(".")[2]))


def _summed(written: str) -> Fraction | None:
    """What digits and scales come to; None where a part is not smaller than the unit before it (3千4万, 1万2亿)."""
    total, section, digits = Fraction(0), Fraction(0), Fraction(0)
    above, unit = 10**16, 10**4  # the big scale and, within its section, the small one that the next part must stay below
    for number, _zero, scale in _STEPS.findall(written):
        if number:
            digits = Fraction(number)
        elif scale in ("万", "亿", "万亿"):
            size = SCALES[scale]
            section += digits
            if size >= above or section >= above // size or not section:
                return None
            total, section, digits, above, unit = total + section * size, Fraction(0), Fraction(0), size, 10**4
        elif scale:
            size = 10 if scale == "十" else SCALES[scale]
            if size >= unit or digits * size >= unit or not digits:
                return None
            section, digits, unit = section + digits * size, Fraction(0), size
    return total + section + digits if digits < unit and section + digits < above else None


def _ranged(normal: str, match: re.Match[str], number: Fraction, places: int) -> Found | None:
    """3-5个, 63%~68%, 3.5万至4万元: one figure with an upper end, when the upper end is larger and the unit (if any) the same."""
    tail = _TAIL.match(normal, match.end())
    assert tail is not None
    upper = _RANGE.match(normal, tail.end())
    read = arabic(upper["upper"]) if upper is not None else None
    if upper is None or read is None or tail["more"] or tail["more_2"]:
        return None
    own = _TAIL.match(normal, upper.end())
    assert own is not None
    if tail["unit"] and tail["unit"] != own["unit"]:
        return None
    lower_scale = SCALES[tail["scale"]] if tail["scale"] else (1 if tail["unit"] else SCALES.get(own["scale"] or "", 1))
    scale = SCALES.get(own["scale"] or "", 1)
    low = number * lower_scale / scale
    return Found(match.start(), upper.end(), low, max(places, read[1]), upper=read[0]) if low < read[0] else None


def _words(normal: str, match: re.Match[str], taken: bytearray) -> Found | None:
    written = match["numeral"]
    if not contexts.begins_count(normal, match.start()):
        return None
    scale, body = 1, written
    value = chinese(body)
    found = _with_tail(normal, Found(match.start(), match.end(), value, 0, scale), chained=False, taken=taken)
    if value is None or found is None:
        return None
    if found.unit == "年":
        return found if contexts.lasts(normal, found.start) else None
    if found.unit not in AFTER_CHINESE or not contexts.counts(normal, found.start, found.end, found.unit):
        return None
    if _ALONE.fullmatch(written):
        return found if found.more or contexts.nearly(normal, found.start) else None
    if written == "一" and not contexts.one_counts(normal, found.start, found.end, found.unit):
        return None
    return None if contexts.is_abstract(normal, found.end, found.unit) else found


def _with_tail(normal: str, found: Found, *, chained: bool, taken: bytearray) -> Found | None:
    """The figure with what follows its number. In 分别为10、20、30个 the numbers without a unit take that of the last."""
    tail = _TAIL.match(normal, found.end)
    assert tail is not None
    unit = tail["unit"] or ""
    if unit and not contexts.unit_ends(normal, tail.end("unit"), unit):
        unit = contexts.shorter_unit(normal, tail.start("unit"), unit)
    scale = SCALES[tail["scale"]] if tail["scale"] else 1
    more = tail["more"] or tail["more_2"] or ""
    if more and not unit and scale == 1:
        return None
    end = tail.start("unit") + len(unit) if unit else max(tail.end(group) for group in ("more", "scale", "more_2"))
    full = replace(found, end=max(end, found.end), scale=found.scale * scale, unit=unit, more=more)
    if chained and not unit and scale == 1:
        following = _chained(normal, found.end) if contexts.distributes(normal, found.start) else None
        if following is not None:
            return replace(found, scale=following.scale, unit=following.unit)
    return full


def _chained(normal: str, place: int) -> Found | None:
    for _ in range(_CHAIN_LIMIT):
        link = _CHAIN.match(normal, place)
        number = _START.match(normal, link.end()) if link is not None else None
        if number is None or not (number["arabic"] or number["mask"]):
            return None
        tail = _TAIL.match(normal, number.end())
        assert tail is not None
        if tail["unit"] or tail["scale"]:
            return Found(0, 0, None, scale=SCALES[tail["scale"]] if tail["scale"] else 1, unit=tail["unit"] or "")
        place = number.end()
    return None


def _any(written: str) -> tuple[Fraction, int] | None:
    if written[0].isdigit() and written[0].isascii():
        return arabic(written)
    value = chinese(written)
    return None if value is None else (value, 0)


_READERS = {"fraction": _fraction, "order": _order, "front": _front, "mask": _mask, "arabic": _arabic_figure, "numeral": _words}

"""Dates and named periods in a text, and the periods they mean: 2023年上半年, 六月底, 第一季度, 1—5月, 截至目前."""

from __future__ import annotations

import re
from datetime import date

from anju.kernel.errors import AnjuError
from anju.kernel.figures.periods import Period
from anju.kernel.reading.figure import Date
from anju.kernel.reading.numerals import chinese

_N = "一二三四五六七八九十"
_YEAR = r"(?:(?:19|20)\d\d|\*{1,4}|二[〇零][一二三四五六七八九〇零]{2})"
_DIGITS = rf"(?:[01]?\d|[{_N}]{{1,2}}|\*{{1,2}})"
_MONTH = rf"{_DIGITS}月(?:份)?"
_DAY = rf"(?:[0-3]?\d|[{_N}]{{1,3}}|\*{{1,2}})[日号]"
_PART = (
    rf"(?:[上下]半年|(?:第)?[一二三四1-4]季度(?:末)?|前[一二三四五六七八九十\d]{{1,2}}个?(?:月|季度)|全年"
    rf"|{_DIGITS}(?:月份?)?[-—–~～至到]{{1,2}}{_MONTH}|{_MONTH}(?:{_DAY})?)"
)
_EDGE = "(?:年?底|年?末|年?初|上旬|中旬|下旬|年中|年终)?"
DATE = re.compile(
    "|".join(
        (
            rf"(?P<years>{_YEAR}年?[-—–~～至到]{{1,2}}{_YEAR}(?:年(?:度)?|(?=[)）》])))",
            rf"(?P<full>{_YEAR}年(?:度)?(?:{_PART})?{_EDGE})",
            r"(?P<dashed>(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01]))(?!\d)",
            rf"(?P<short>(?<![\d.个多余来]){_DIGITS}(?:月份?)?[-—–~～至到]{{1,2}}{_MONTH}{_EDGE}|(?<![\d.个多余几数来]){_MONTH}(?:{_DAY})?{_EDGE}(?![租均供饼嫂]))",
            r"(?P<named>(?:今|去|上|本|明|前|当)年(?:[上下]半年|第?[一二三四1-4]季度|度|全年)?(?:底|末|初)?|全年|[上下]半年|"
            r"(?:第|前|上|本|[一二三]、)?[一二三四1-4]季度(?:末)?|前[一二三四五六七八九十\d]{1,2}个(?:月|季度)|年内|年底|年末|年初)",
            r"(?P<clock>(?<![\d.])[012]?\d[:：][0-5]\d(?:[:：][0-5]\d)?|(?<![\d.])[012]?\d时(?:[0-5]?\d分)?(?!间)|(?<![\d.])[1-3]?\d日(?![元均产供处]))",
            rf"(?P<span>(?:近|过去|今后|未来|前|这|头|后|下|上|历时|近的)(?:[{_N}两]{{1,3}}|\d{{1,2}})(?:多|余|个)?(?:年|个?月|天|周|日)(?:多|间|时间|里|来)?|"
            r"\d{1,3}周年|"
            rf"(?:[{_N}两几多]{{1,3}}|\d{{1,2}})(?:多|余)?年(?:来|以来|前|后|间|期|行动|计划|规划|方案|任务|制|级|攻坚|专项|内))",
        )
    )
)
"""One alternative per way of naming a time; groups say which."""


def report_period(normal: str) -> Period | None:
    """The period a report is about: the first year with its part in the opening lines, a work summary's before a plan's."""
    opening = normal[:600]
    for match in DATE.finditer(opening):
        if match.lastgroup == "full":
            period = resolve(match.group(), None)
            if period is not None:
                return period
    return None


def read_dates(text: str, normal: str, report: Period | None) -> tuple[Date, ...]:
    """Every date of the text. One without a year belongs to the report's year."""
    year = report.start.year if report is not None else None
    found = []
    for match in DATE.finditer(normal):
        printed = match.lastgroup in ("full", "dashed", "years")
        period = resolve(match.group(), year) if match.lastgroup not in ("clock", "span") else None
        found.append(Date(match.start(), match.end(), text[match.start() : match.end()], period, printed))
    return tuple(found)


def resolve(words: str, year: int | None) -> Period | None:
    """The period these words mean; `year` is that of the surrounding text when they name none. None when it cannot be told."""
    named = re.match(r"(?:19|20)\d\d|二[〇零][一二三四五六七八九〇零]{2}", words)
    if named is not None:
        written = chinese(named.group()) if named.group()[0] == "二" else None
        year = int(written) if written is not None else int(named.group())
        rest = words[named.end() :].removeprefix("年").removeprefix("度")
    else:
        rest = words
        year, rest = _relative_year(rest, year)
    if year is None:
        return None
    try:
        return _within(year, rest.strip("，,份 "))
    except (AnjuError, ValueError):
        return None


def _relative_year(words: str, year: int | None) -> tuple[int | None, str]:
    shift = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}.get(words[:2])
    if shift is None:
        return (None if words.startswith("*") else year), words
    return (None if year is None else year + shift), words[2:]


def _within(year: int, rest: str) -> Period | None:
    if rest in ("", "度", "全年", "底", "末", "年底", "年末", "年内", "年终"):
        return Period.parse(str(year))
    if rest in ("初", "年初"):
        return Period.month(year, 1)
    if rest.startswith(("上半年", "下半年", "年中")):
        return Period.parse(f"{year}H{2 if rest.startswith('下') else 1}")
    quarter = re.fullmatch(r"(?:第|本|上)?([一二三四1-4])季度末?", rest)
    if quarter is not None:
        return Period.parse(f"{year}Q{_number(quarter[1])}")
    first = re.fullmatch(r"前([一二三四五六七八九十\d]{1,2})个?(月|季度)", rest)
    if first is not None:
        months = _number(first[1]) * (3 if first[2] == "季度" else 1)
        return Period.between(date(year, 1, 1), Period.month(year, months).end)
    return _months(year, rest)


def _months(year: int, rest: str) -> Period | None:
    dashed = re.fullmatch(r"[-/.](\d{1,2})[-/.](\d{1,2})", rest)
    if dashed is not None:
        day = date(year, int(dashed[1]), int(dashed[2]))
        return Period.between(day, day)
    span = re.fullmatch(rf"({_DIGITS})(?:月份?)?[-—–~～至到]{{1,2}}({_DIGITS})月份?.*", rest)
    if span is not None:
        return Period.between(date(year, _number(span[1]), 1), Period.month(year, _number(span[2])).end)
    single = re.fullmatch(rf"({_DIGITS})月份?(?:([0-3]?\d|[{_N}]{{1,3}})[日号])?(.*)", rest)
    if single is None:
        return None
    if single[2]:
        day = date(year, _number(single[1]), _number(single[2]))
        return Period.between(day, day)
    return Period.month(year, _number(single[1]))


def _number(written: str) -> int:
    if written.isascii() and written.isdigit():
        return int(written)
    value = chinese(written)
    if value is None:
        raise ValueError(written)
    return int(value)

"""Dates the calendar does not have, and spans of time that end before they begin."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding

_YEAR_MAX, LEAP = 2100, 2024
_DAY = re.compile(r"(?:(?<!\d)(\d{4})年)?(?<![\d.])(\d{1,2})月(\d{1,2})[日号]")
_NUMERIC = re.compile(r"(?<![\d.])((?:19|20)\d\d)([-./])(\d{1,2})\2(\d{1,2})(?![\d.])")
_MONTH = re.compile(r"(?<![\d.~～\-])(\d{1,2})月(?=[份底末初，。；至—-]|[上中下]旬)")
_YEAR = re.compile(r"(?<![\d.近约达历有])(\d{4,6})年(?=\d{1,2}月|[上下]半年|[底末初度全，,]|第?[一二三四]季度|以来)")
_QUARTER = re.compile(r"第?([五六七八九十5-9])季度")
_POINT = r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?"
_SPAN = re.compile(rf"(?<!\d){_POINT}[至到—~～-]+{_POINT}")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)年?[至到—~～-]+((?:19|20)\d\d)年?(?!\d)")


def check_impossible_dates(examined: Examined) -> Iterator[Finding]:
    """impossible_date: 2月30日, 13月底, 20223年, 2016年1月1日至2015年12月31日."""
    text = examined.text
    for match in _DAY.finditer(text):
        if not _exists(int(match[1]) if match[1] else LEAP, int(match[2]), int(match[3])):
            yield _finding(examined, match, f"“{match[0]}”这一天不存在")
    for match in _NUMERIC.finditer(text):
        if not _exists(int(match[1]), int(match[3]), int(match[4])):
            yield _finding(examined, match, f"“{match[0]}”这一天不存在")
    for match in _MONTH.finditer(text):
        if not 1 <= int(match[1]) <= 12:
            yield _finding(examined, match, f"没有“{match[0]}”")
    for match in _YEAR.finditer(text):
        if len(match[1]) > 4 or int(match[1]) > _YEAR_MAX:
            yield _finding(examined, match, f"“{match[0]}”不像年份")
    for match in _QUARTER.finditer(text):
        yield _finding(examined, match, f"一年没有“{match[0]}”")
    for match in _SPAN.finditer(text):
        first, last = _key(match.group(1, 2, 3), 0), _key(match.group(4, 5, 6), 99)
        if first > last:
            yield _finding(examined, match, f"“{match[0]}”的终点在起点之前")
    for match in _YEARS.finditer(text):
        if match[1] > match[2]:
            yield _finding(examined, match, f"“{match[0]}”的终点在起点之前")


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year if 1 <= year <= 9999 else LEAP, month)[1]


def _key(parts: tuple[str | None, ...], blank: int) -> tuple[int, ...]:
    return tuple(int(part) if part else blank for part in parts)


def _finding(examined: Examined, match: re.Match[str], what: str) -> Finding:
    return examined.finding("impossible_date", "error", f"{what}。", "请核对日期。", spans=[(match.start(), match.end())])

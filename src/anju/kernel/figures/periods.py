"""Reporting periods: a year, half, quarter, month or range of days, both ends inclusive."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from anju.kernel.errors import AnjuError
from anju.kernel.quantities.text import chinese_number

Kind = Literal["year", "half", "quarter", "month", "range"]
_MONTHS: dict[str, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_NUMBERED = re.compile(r"(\d{4})(?:-?(H[12]|Q[1-4]|M?(?:0[1-9]|1[0-2])))?", re.ASCII)
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", re.ASCII)
_PLACED = re.compile(r"(0?[1-9]|1[0-2])([HQM])", re.ASCII)
_KIND_OF: dict[str, Kind] = {"H": "half", "Q": "quarter", "M": "month"}
FIRST_YEAR, LAST_YEAR = 1949, 2199


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`start` to `end`, both inclusive. A range that is exactly a month, quarter, half or year is one (see `between`)."""

    start: date
    end: date
    kind: Kind

    @classmethod
    def parse(cls, text: str) -> Period:
        """2023, 2023H1, 2023Q1, 2023-06, 2023M06 or 2023-01-01..2023-05-31. Raises AnjuError `figures.bad_period`."""
        written = text.strip().upper()
        numbered, days = _NUMBERED.fullmatch(written), _DAYS.fullmatch(written)
        try:
            if numbered is not None and FIRST_YEAR <= int(numbered[1]) <= LAST_YEAR:
                return _numbered(int(numbered[1]), numbered[2] or "")
            if days is not None:
                return cls.between(date.fromisoformat(days[1]), date.fromisoformat(days[2]))
        except ValueError:
            pass
        raise AnjuError.of(
            "figures.bad_period",
            f"“{text}”不是报告期。",
            advice="请写成2023、2023H1、2023Q1、2023-06或2023-01-01..2023-05-31。",
        )

    @classmethod
    def between(cls, start: date, end: date) -> Period:
        """The period from one day to another, under its proper name when it has one. Raises AnjuError `figures.bad_period`."""
        if start > end or not FIRST_YEAR <= start.year <= end.year <= LAST_YEAR:
            raise AnjuError.of("figures.bad_period", f"报告期的起止日期不对：{start}至{end}。", advice="请核对起止日期。")
        for kind, months in _MONTHS.items():
            if start.day == 1 and (start.month - 1) % months == 0 and end == _months_later(start, months):
                return cls(start, end, kind)  # type: ignore[arg-type]
        return cls(start, end, "range")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """One calendar month."""
        return cls(date(year, month, 1), _months_later(date(year, month, 1), 1), "month")

    @property
    def code(self) -> str:
        """What `parse` reads back: 2023H1, 2023-06."""
        if self.kind == "range":
            return f"{self.start}..{self.end}"
        return self.start.strftime("%Y-%m") if self.kind == "month" else f"{self.start.year}{self._place()}"

    @property
    def label(self) -> str:
        """2023年, 2023年上半年, 2023年第一季度, 2023年6月, 2023年1至5月, 2023年1月3日至2023年5月31日."""
        year = f"{self.start.year}年"
        if self.kind == "year":
            return year
        if self.kind == "half":
            return year + ("上半年" if self.start.month == 1 else "下半年")
        if self.kind == "quarter":
            return f"{year}第{chinese_number(self.start.month // 3 + 1)}季度"
        if self.kind == "month":
            return f"{year}{self.start.month}月"
        if self._whole_months() and self.start.year == self.end.year:
            return f"{year}{self.start.month}至{self.end.month}月"
        return f"{day_label(self.start)}至{day_label(self.end)}"

    @property
    def end_label(self) -> str:
        """The cut-off: 2023年6月底, 2023年底, otherwise the day."""
        if not _ends_month(self.end):
            return day_label(self.end)
        return f"{self.end.year}年底" if self.end.month == 12 else f"{self.end.year}年{self.end.month}月底"

    def year_before(self) -> Period:
        """The same period last year; a range that ends with its month does so last year too (28 or 29 February)."""
        last = self.end.year - 1
        day = calendar.monthrange(last, self.end.month)[1]
        end = date(last, self.end.month, day if _ends_month(self.end) else min(self.end.day, day))
        first_day = min(self.start.day, calendar.monthrange(self.start.year - 1, self.start.month)[1])
        return Period.between(date(self.start.year - 1, self.start.month, first_day), end)

    def previous(self) -> Period:
        """The adjacent period before this one: as many whole months, or as many days."""
        end = self.start - timedelta(days=1)
        if not self._whole_months():
            return Period.between(end - (self.end - self.start), end)
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        return Period.between(_months_earlier(self.start, months), end)

    def year_to_date(self) -> Period:
        """From 1 January to the end of this period."""
        return Period.between(date(self.end.year, 1, 1), self.end)

    def parts(self, kind: Kind) -> tuple[Period, ...]:
        """The halves, quarters or months this period is made of, in order. Raises AnjuError `figures.bad_period` if they do not tile it."""
        months = _MONTHS.get(kind, 0)
        found: list[Period] = []
        start = self.start
        while months and start <= self.end:
            found.append(Period.between(start, _months_later(start, months)) if start.day == 1 else self)
            start = found[-1].end + timedelta(days=1)
        if not found or found[-1].end != self.end or any(part.kind != kind for part in found):
            raise AnjuError.of("figures.bad_period", f"{self.label}不能按此划分。", advice="请选更短的周期，或改用整月、整季的报告期。")
        return tuple(found)

    def part(self, name: str) -> Period:
        """A part inside this period: by name (`Q1`, `H2`, `M06`) or by place (`1Q` its first quarter, `2H`, `3M`).

        Raises AnjuError `figures.part_outside` when it is not inside.
        """
        placed = _PLACED.fullmatch(name)
        try:
            wanted = self.nth(int(placed[1]), placed[2]) if placed else Period.parse(f"{self.start.year}{name}") if name else self
        except AnjuError:
            wanted = None
        if wanted is None or wanted.start < self.start or wanted.end > self.end:
            raise AnjuError.of(
                "figures.part_outside", f"“{name}”不在{self.label}之内。", advice="请写报告期之内的季度或月份，例如1Q、Q1、M06。"
            )
        return wanted

    def nth(self, number: int, letter: str) -> Period | None:
        """The half (`H`), quarter (`Q`) or month (`M`) at a place inside this period, counted from 1; None when it has no such one."""
        try:
            return self.parts(_KIND_OF[letter])[number - 1] if number else None
        except (AnjuError, IndexError):
            return None

    def contains(self, day: date) -> bool:
        """True when the day lies in the period."""
        return self.start <= day <= self.end

    def _whole_months(self) -> bool:
        return self.start.day == 1 and _ends_month(self.end)

    def _place(self) -> str:
        if self.kind == "half":
            return f"H{self.start.month // 6 + 1}"
        return f"Q{self.start.month // 3 + 1}" if self.kind == "quarter" else ""

    def __str__(self) -> str:
        return self.code


def day_label(day: date) -> str:
    """2023年6月30日, without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _numbered(year: int, place: str) -> Period:
    if not place:
        return Period(date(year, 1, 1), date(year, 12, 31), "year")
    if place[0] in "HQ":
        kind: Kind = "half" if place[0] == "H" else "quarter"
        start = date(year, 1 + (int(place[1]) - 1) * _MONTHS[kind], 1)
        return Period(start, _months_later(start, _MONTHS[kind]), kind)
    return Period.month(year, int(place.lstrip("M")))


def _ends_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _months_later(first: date, months: int) -> date:
    """The last day of the span of so many months that begins on the first of a month."""
    year, month = divmod(first.year * 12 + first.month - 1 + months - 1, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _months_earlier(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)

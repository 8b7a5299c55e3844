"""Read the days out of the text of a notice as the State Council writes it, and check it against itself.

    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

What a weekday in brackets or a count of days contradicts is said, so that a slip of the pen does not become a holiday. A list of days,
one a line, is read too: `2027-02-06 上班 春节`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from anju.kernel.calendar.papers import ArrangedDay
from anju.kernel.calendar.workdays import WEEKDAYS, DayKind
from anju.kernel.errors import AnjuError, Problem

LONGEST = 6000
_BAD = "calendar.notice_text"
_FEAST = re.compile(r"^\s*(?:第?[一二三四五六七八九十]+[、.．]|\d+[、.．])\s*([^：:，。]{1,60})[：:]")
_DAY = r"(?:(?P<{0}y>\d{{4}})年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日(?:[（(](?P<{0}w>[^）)]{{1,30}})[）)])?"
_RANGE = re.compile(_DAY.format("a") + r"(?:\s*(?:至|到|—|－|-|~)+\s*" + _DAY.format("b") + ")?")
_COUNT = re.compile(r"共\s*(\d{1,2})\s*[天日]")
_OFF, _ON = re.compile("放假|补休|调休|公休|休息"), re.compile("上班")
_LINE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[\s,，]+(放假|上班)[\s,，]+(\S.{0,59})")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])\s*$")
_LONGEST_RUN = 31


def read_notice(text: str, year: int, *, name: str = "") -> list[ArrangedDay]:
    """The days of a notice for a year, by date. `name`: what days are called that stand under no heading.

    Raises AnjuError `calendar.notice_text` with every sentence that is not understood or contradicts itself.
    """
    if len(text) > LONGEST:
        raise AnjuError.of(_BAD, f"正文超过{LONGEST}字。", where="正文", advice="只粘贴放假安排的条文。")
    reader = _Reader(year, name.strip())
    for line in text.splitlines():
        if line.strip():
            reader.line(line.strip())
    if not reader.days and not reader.problems:
        reader.complain(text[:20], "没有读出任何日期", "照通知写，例如“一、春节：2月5日（周五）至11日（周四）放假调休，共7天。”。")
    if reader.problems:
        raise AnjuError(reader.problems)
    return [reader.days[day] for day in sorted(reader.days)]


def write_days(days: Iterable[ArrangedDay]) -> str:
    """A list of days, one a line, as `read_notice` reads it."""
    return "\n".join(
        f"{one.day} {'放假' if one.kind is DayKind.HOLIDAY else '上班'} {one.name}" for one in sorted(days, key=lambda one: one.day)
    )


class _Reader:
    def __init__(self, year: int, name: str) -> None:
        self.year, self.feast = year, name
        self.month: int | None = None
        self.off: set[datetime.date] = set()
        self.days: dict[datetime.date, ArrangedDay] = {}
        self.problems: list[Problem] = []

    def complain(self, where: str, what: str, advice: str) -> None:
        self.problems.append(Problem(_BAD, where, f"{what}。", advice))

    def line(self, line: str) -> None:
        listed = _LINE.fullmatch(line)
        if listed:
            self._listed(listed, line)
            return
        heading = _FEAST.match(line)
        if heading:
            self.feast, self.month, self.off = heading[1].strip(), None, set()
            line = line[heading.end() :]
        for sentence in re.split(r"[。；;]", line):
            self._sentence(sentence.strip())

    def _listed(self, found: re.Match[str], line: str) -> None:
        try:
            day = datetime.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            self.complain(line, "没有这一天", "请核对日期。")
            return
        self._put(day, DayKind.HOLIDAY if found[4] == "放假" else DayKind.WORKING, found[5].strip(), line)

    def _sentence(self, sentence: str) -> None:
        """Days wait for the word that says what they are: 2月14日（周六）、2月28日（周六）上班."""
        waiting: list[datetime.date] = []
        for clause in re.split(r"[，,]", sentence):
            count = _COUNT.search(clause)
            if count and len(self.off) != int(count[1]):
                self.complain(sentence, f"写的是共{count[1]}天，读出{len(self.off)}天", "请核对起止日期。")
            waiting += self._days(clause, sentence)
            kind = DayKind.WORKING if _ON.search(clause) else DayKind.HOLIDAY if _OFF.search(clause) else None
            if kind is None:
                continue
            for day in waiting:
                self._put(day, kind, self.feast, sentence)
                if kind is DayKind.HOLIDAY:
                    self.off.add(day)
            waiting = []
        if waiting:
            self.complain(sentence, "没有写是放假还是上班", "每个日期后面写“放假”或“上班”。")

    def _days(self, clause: str, sentence: str) -> list[datetime.date]:
        found: list[datetime.date] = []
        for match in _RANGE.finditer(clause):
            first = self._day(match, "a", self.year, sentence)
            last = self._day(match, "b", first.year if first else self.year, sentence) if match["bd"] else first
            if first is None or last is None:
                continue
            if not 0 <= (last - first).days < _LONGEST_RUN:
                self.complain(sentence, f"{first}至{last}不是一段假期", "请核对起止日期。")
                continue
            found += [first + datetime.timedelta(days=step) for step in range((last - first).days + 1)]
        return found

    def _day(self, match: re.Match[str], end: str, year: int, sentence: str) -> datetime.date | None:
        month = int(match[f"{end}m"]) if match[f"{end}m"] else self.month
        if month is None:
            self.complain(sentence, f"{match[f'{end}d']}日没有写月份", "第一个日期要写月份。")
            return None
        try:
            day = datetime.date(int(match[f"{end}y"] or year), month, int(match[f"{end}d"]))
        except ValueError:
            self.complain(sentence, f"没有{month}月{match[f'{end}d']}日", "请核对日期。")
            return None
        self.month = month
        written = _WEEKDAY.search(match[f"{end}w"] or "")
        if written and written[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
            self.complain(sentence, f"{day}是周{WEEKDAYS[day.weekday()]}，写的是周{written[1]}", "请核对日期和年份。")
        return day

    def _put(self, day: datetime.date, kind: DayKind, name: str, sentence: str) -> None:
        if not name:
            self.complain(sentence, "没有写是哪个节日", "写成“一、春节：……”，或填写节日名称。")
            return
        there = self.days.get(day)
        if there is not None and there.kind is not kind:
            self.complain(sentence, f"{day}既写放假又写上班", "请核对。")
            return
        self.days[day] = ArrangedDay(day, kind, name)

"""The days that come with the package agree, day by day, with two independent collections of the same notices."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import chinese_calendar
import pytest

from anju.kernel.calendar.shipped import shipped_calendar, shipped_days, shipped_notices
from anju.kernel.calendar.workdays import DayKind

DAYS = shipped_calendar()
REFERENCE = Path(__file__).resolve().parents[6] / "shared" / "data" / "cn_holidays" / "holidays.csv"


def test_every_day_agrees_with_the_published_package() -> None:
    day, differing = datetime.date(2007, 1, 1), []
    while day <= datetime.date(2026, 12, 31):
        if DAYS.is_working(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += datetime.timedelta(days=1)
    assert differing == []


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.is_file(), reason="no reference material beside the project")
def test_every_exception_agrees_with_the_reference_table() -> None:
    rows = list(csv.DictReader(REFERENCE.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 678
    for row in rows:
        day = datetime.date.fromisoformat(row["date"])
        if DAYS.knows(day):
            assert DAYS.is_working(day) is (row["is_off_day"] == "False"), day


def test_every_day_stands_under_a_notice_of_its_year() -> None:
    notices = {notice.number: notice for notice in shipped_notices()}
    assert len(notices) == 23
    for number, day in shipped_days():
        year = notices[number].year
        assert day.day.year == year or (day.day.year, day.day.month) == (year - 1, 12)
        assert notices[number].dated < day.day


def test_a_later_notice_changes_the_day_and_the_earlier_word_stays() -> None:
    said = [(number, day.kind) for number, day in shipped_days() if day.day == datetime.date(2020, 2, 1)]
    assert said == [("国办发明电〔2019〕16号", "working"), ("国办发明电〔2020〕1号", "holiday")]
    changed = DAYS.exception(datetime.date(2020, 2, 1))
    assert changed is not None
    assert (changed.kind, changed.notice) == (DayKind.HOLIDAY, "国办发明电〔2020〕1号")

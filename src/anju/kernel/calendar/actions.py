"""Entering the notices that arrange days off: a further year, a change within a year, a region's own feasts, a correction."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.calendar.models import ExceptionalDay, Notice
from anju.kernel.calendar.papers import ArrangedDay, Paper
from anju.kernel.calendar.queries import working_days
from anju.kernel.calendar.workdays import WEEKDAYS, DayKind, WorkingDays
from anju.kernel.errors import AnjuError, Forbidden, Problem
from anju.kernel.journal.actions import OpenEntry, action

SET = "calendar.set"
"""The permission to enter a notice."""
MOST_DAYS = 120
_LOCK = 7262_31


def enter_notice(paper: Paper, days: Sequence[ArrangedDay], *, by: Actor, key: str | None = None) -> Notice:
    """Enter a notice with all its days. A later notice changes the days it names; the others stay. Needs `calendar.set`.

    Raises AnjuError with every problem: `calendar.bad_notice`, `calendar.bad_day`, `calendar.year_gap`, `calendar.notice_exists`.
    """
    _require_may_enter(paper, by)
    with action("calendar.enter_notice", by=by, key=key) as entry:
        if entry.repeated:
            return Notice.objects.get(pk=entry.data["notice"])
        _take_turn()
        if Notice.objects.filter(region_code=paper.region_code, number=paper.number).exists():
            raise AnjuError.of(
                "calendar.notice_exists", f"{paper.number}已经录入。", where="发文字号", advice="录错了的，请打开该通知更正。"
            )
        before = working_days(paper.region_code)
        _require_no_gap(paper, before)
        _require_days(paper, days, before)
        return _write(entry, paper, days, None)


def correct_notice(wrong: Notice, paper: Paper, days: Sequence[ArrangedDay], *, reason: str, by: Actor, key: str | None = None) -> Notice:
    """Enter a notice again that was entered wrongly; the wrong entry stays and no longer holds. Needs `calendar.set`.

    Raises the same as `enter_notice`, `calendar.no_reason`, and `calendar.already_corrected`.
    """
    _require_may_enter(paper, by)
    if not reason.strip():
        raise AnjuError.of("calendar.no_reason", "没有写更正理由。", where="理由", advice="写明哪里录错了。")
    if (wrong.region_code, wrong.year) != (paper.region_code, paper.year):
        raise AnjuError.of("calendar.bad_notice", "更正不能改变适用地区和年份。", advice="另行录入一份通知。")
    with action("calendar.correct_notice", by=by, reason=reason, key=key) as entry:
        if entry.repeated:
            return Notice.objects.get(pk=entry.data["notice"])
        _take_turn()
        if Notice.objects.filter(supersedes=wrong).exists():
            raise AnjuError.of("calendar.already_corrected", f"这一条{wrong.number}已被更正过。", advice="请打开最新的一条再更正。")
        _require_days(paper, days, working_days(paper.region_code, version=wrong.pk - 1))
        return _write(entry, paper, days, wrong)


def _require_may_enter(paper: Paper, by: Actor) -> None:
    by.require(SET)
    if paper.region_code and not by.scope.covers_region(paper.region_code):
        raise Forbidden.of("calendar.beyond_scope", "该地区不在您的数据范围内。", where="适用地区", advice="请由该地区的管理人员录入。")
    _require_paper(paper)


def _take_turn() -> None:
    # Numbers in the order of the commits: the highest one is the version of the calendar.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _write(entry: OpenEntry, paper: Paper, days: Sequence[ArrangedDay], wrong: Notice | None) -> Notice:
    notice = Notice(
        number=paper.number,
        year=paper.year,
        title=paper.title,
        dated=paper.dated,
        url=paper.url,
        region_code=paper.region_code,
        supersedes=wrong,
    )
    with using_scope(Scope.system()):  # the calendar belongs to the installation, whoever may enter it
        notice.save()
        ExceptionalDay.objects.bulk_create(ExceptionalDay(notice=notice, day=one.day, kind=one.kind, name=one.name) for one in days)
    entry.subject = f"calendar_notice:{notice.pk}"
    entry.data = {"notice": notice.pk, "number": notice.number, "year": notice.year, "days": len(days)}
    if wrong is not None:
        entry.data["corrects"] = wrong.pk
    return notice


def _require_paper(paper: Paper) -> None:
    problems = []
    if not paper.number.strip() or len(paper.number) > 60:
        problems.append(Problem("calendar.bad_notice", "发文字号", "没有写发文字号，或超过60字。", "例如 国办发明电〔2025〕7号。"))
    if not paper.title.strip() or len(paper.title) > 160:
        problems.append(Problem("calendar.bad_notice", "标题", "没有写标题，或超过160字。", "照通知的标题写。"))
    if not 1990 <= paper.year <= timezone.localdate().year + 2:
        problems.append(Problem("calendar.bad_notice", "年份", f"{paper.year}年不成立。", "写通知安排的年份。"))
    if paper.dated > timezone.localdate():
        problems.append(Problem("calendar.bad_notice", "成文日期", f"{paper.dated}还没有到。", "照通知落款的日期写。"))
    if len(paper.url) > 300:
        problems.append(Problem("calendar.bad_notice", "网址", "超过300字。", "可以不写。"))
    if problems:
        raise AnjuError(problems)


def _require_no_gap(paper: Paper, before: WorkingDays) -> None:
    if not before.years or paper.year in before.years:
        return
    if paper.region_code:
        raise AnjuError.of(
            "calendar.year_gap", f"全国{paper.year}年的放假安排还没有录入。", where="年份", advice="先录入国务院办公厅的通知。"
        )
    expected = before.years[-1] + 1
    if paper.year != expected:
        raise AnjuError.of(
            "calendar.year_gap",
            f"已录入至{before.years[-1]}年，下一份应是{expected}年的安排。",
            where="年份",
            advice=f"先录入{expected}年。",
        )


def _require_days(paper: Paper, days: Sequence[ArrangedDay], before: WorkingDays) -> None:
    problems, seen = [], set()
    if not days or len(days) > MOST_DAYS:
        problems.append(Problem("calendar.bad_day", "日期", f"一份通知应有1至{MOST_DAYS}个日期，现有{len(days)}个。", "照通知逐日录入。"))
    for one in days[:MOST_DAYS]:
        where = f"{one.day}"
        if one.day in seen:
            problems.append(Problem("calendar.bad_day", where, "写了两次。", "删去一个。"))
        seen.add(one.day)
        if not (one.day.year == paper.year or (one.day.year, one.day.month) == (paper.year - 1, 12)):
            problems.append(Problem("calendar.bad_day", where, f"不在{paper.year}年。", "只写这一年的日期；元旦连休可写上年12月的日期。"))
        if not one.name.strip() or len(one.name) > 60:
            problems.append(Problem("calendar.bad_day", where, "没有写节日名称，或超过60字。", "例如 国庆节。"))
        if one.kind is DayKind.WORKING and one.day.weekday() < 5 and not _was_off(one.day, before):
            weekday = f"周{WEEKDAYS[one.day.weekday()]}"
            problems.append(Problem("calendar.bad_day", where, f"是{weekday}，本来就上班。", "请核对日期；调休上班的日子是周六或周日。"))
    if problems:
        raise AnjuError(problems)


def _was_off(day: datetime.date, before: WorkingDays) -> bool:
    exception = before.exception(day)
    return exception is not None and exception.kind is DayKind.HOLIDAY

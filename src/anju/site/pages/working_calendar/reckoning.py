"""算期限: a start, a length, stops; the last day and why. An address of its own for every question, so that it can be sent to somebody."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.kernel.calendar.counting import Roll, Suspension, ending
from anju.kernel.calendar.explaining import Explanation, explain_span
from anju.kernel.calendar.queries import working_days
from anju.kernel.calendar.spans import Span, Unit
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.asking import Ask
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number, readable

STOPS = 3


@page()
def reckon(request: ActedRequest) -> HttpResponseBase:
    """The form, and with `start` in the address its answer."""
    asked, problems, answer = request.GET, [], None
    if "start" in asked:
        try:
            answer = _answer(request)
        except AnjuError as error:
            problems = list(error.problems)
    context = {
        "asks": _asks(asked),
        "stops": [_stop_asks(asked, number) for number in range(1, STOPS + 1)],
        "stopped": any(readable(asked.get(f"stop{number}", ""), 10) for number in range(1, STOPS + 1)),
        "answer": answer,
        "problems": problems,
        "crumbs": [Crumb(_("工作日历"), "calendar"), Crumb(_("算期限"))],
    }
    return render(request, "pages/calendar/reckon.html", context, status=422 if problems else 200)


def _answer(request: ActedRequest) -> dict[str, Any]:
    asked = request.GET
    start = _day(asked, "start", _("起算日"))
    if start is None:
        raise AnjuError(Problem("form.bad_date", str(_("起算日")), _("没有写日期。"), _("写事件发生的那一天。")))
    unit = readable(asked.get("unit", Unit.WORKING_DAY), 2)
    if unit not in (Unit.WORKING_DAY, Unit.DAY, Unit.MONTH, Unit.YEAR):
        raise AnjuError(Problem("calendar.bad_span", str(_("单位")), _("没有这样的单位。"), _("请重新选择。")))
    span = Span(as_number(readable(asked.get("count", ""), 4)) or 0, Unit(unit))
    roll = Roll(asked["roll"]) if asked.get("roll") in list(Roll) else Roll.NEXT
    stops = tuple(stop for number in range(1, STOPS + 1) if (stop := _stop(asked, number)) is not None)
    days = working_days(request.actor.region_code)
    told: Explanation = explain_span(days, start, span, stops, roll=roll)
    found = ending(days, start, (span,), stops, roll=roll)
    today = timezone.localdate()
    left = None if found is None or not days.knows(today) else _left(days.count(today.toordinal(), found.due.toordinal()), found.due, today)
    return {"ending": found, "told": told, "span": span, "left": left, "version": days.version}


def _left(working: int, due: datetime.date, today: datetime.date) -> str:
    if due == today:
        return _("今天是最后一日。")
    if due < today:
        return _("已过%(days)s天。") % {"days": (today - due).days}
    return _("还有%(days)s天，其中%(working)s个工作日。") % {"days": (due - today).days, "working": working}


def _asks(asked: QueryDict) -> list[Ask]:
    units = ((Unit.WORKING_DAY, _("工作日")), (Unit.DAY, _("日（自然日）")), (Unit.MONTH, _("个月")), (Unit.YEAR, _("年")))
    rolls = ((Roll.NEXT, _("顺延到下一个工作日")), (Roll.PREVIOUS, _("提前到上一个工作日")), (Roll.NONE, _("不移动")))
    return [
        Ask(
            "start",
            _("起算日"),
            readable(asked.get("start", ""), 10),
            type="date",
            required=True,
            hint=_("受理、送达等事件发生的那一天，当日不计。"),
        ),
        Ask("count", _("期限"), readable(asked.get("count", ""), 4), required=True, longest=4),
        Ask("unit", _("单位"), asked.get("unit", Unit.WORKING_DAY), tuple((unit.value, label) for unit, label in units)),
        Ask("roll", _("最后一日遇休息日"), asked.get("roll", Roll.NEXT), tuple((roll.value, label) for roll, label in rolls)),
    ]


def _stop_asks(asked: QueryDict, number: int) -> tuple[Ask, Ask]:
    return (
        Ask(f"stop{number}", _("第%(n)s次中止，自") % {"n": number}, readable(asked.get(f"stop{number}", ""), 10), type="date"),
        Ask(f"resume{number}", _("至（当日仍不计）"), readable(asked.get(f"resume{number}", ""), 10), type="date"),
    )


def _stop(asked: QueryDict, number: int) -> Suspension | None:
    first = _day(asked, f"stop{number}", _("中止"))
    last = _day(asked, f"resume{number}", _("中止"))
    if first is None and last is None:
        return None
    if first is None or (last is not None and last < first):
        raise AnjuError(
            Problem("calendar.bad_stop", str(_("中止")), _("中止的起止日期不对。"), _("写起止两个日期；还没有恢复的，只写起日。"))
        )
    return Suspension(first, last)


def _day(asked: QueryDict, name: str, label: str) -> datetime.date | None:
    text = readable(asked.get(name, ""), 10)
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise AnjuError(Problem("form.bad_date", label, _("“%(text)s”不是日期。") % {"text": text}, _("写成 2023-06-30。"))) from None

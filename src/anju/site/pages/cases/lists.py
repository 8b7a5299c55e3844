"""待办, 股室待办, 超期, 我的办件, 全部办件."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.queries import working_days
from anju.kernel.cases import queries
from anju.kernel.cases.matters.catalogue import all_matters
from anju.kernel.cases.matters.words import OWN_STATES
from anju.kernel.cases.models import Case
from anju.kernel.cases.queries.lists import page_of
from anju.kernel.cases.queries.tasks import Key, TaskLine, TaskPage, count_tasks
from anju.site.pages.cases.words import clock_look, clock_words, state_look
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number, readable

GROUPS = (
    ("overdue", _("已逾期")),
    ("today", _("今日到期")),
    ("soon", _("即将到期")),
    ("later", _("其余")),
)


@page("cases.work")
def my_tasks(request: ActedRequest) -> HttpResponseBase:
    """What waits for the reader, by the legal clock."""
    actor, today = request.actor, timezone.localdate()
    found = queries.tasks_of(actor, on=today, days=working_days(actor.region_code), after=_after(request))
    return _tasks(request, found, _("待办"), _("没有等您办的件。新收的件和退回的件会出现在这里。"), counts=count_tasks(actor, today))


@page("cases.work")
def queue(request: ActedRequest) -> HttpResponseBase:
    """Everything open in the section, or in the bureau for who distributes work."""
    actor, today = request.actor, timezone.localdate()
    found = queries.department_queue(actor, on=today, days=working_days(actor.region_code), after=_after(request))
    return _tasks(request, found, _("股室待办"), _("股室里没有在办的件。"))


@page("cases.view")
def overdue(request: ActedRequest) -> HttpResponseBase:
    """The board of what is past its day: steps, and whole cases."""
    actor, today = request.actor, timezone.localdate()
    days = working_days(actor.region_code)
    found = queries.overdue(actor, on=today, days=days, after=_after(request))
    clocks = [] if "after" in request.GET else list(queries.overdue_cases(actor, on=today)[:50])
    late = [{"clock": clock, "days": (today - clock.due_on).days} for clock in clocks if clock.due_on is not None]
    return _tasks(request, found, _("超期"), _("没有超期的件。"), late=late)


@page("cases.work")
def mine(request: ActedRequest) -> HttpResponseBase:
    """Cases the reader has worked on."""
    return _cases(request, queries.my_cases(request.actor, before=_before(request)), _("我的办件"))


@page("cases.view")
def every(request: ActedRequest) -> HttpResponseBase:
    """All cases of the scope, by matter and state."""
    matter, state = readable(request.GET.get("matter", ""), 40), readable(request.GET.get("state", ""), 14)
    rows = queries.cases_of(request.actor, matter=matter, state=state if state in OWN_STATES else "")
    return _cases(request, page_of(rows, before=_before(request)), _("全部办件"), matter=matter, state=state)


def _tasks(request: ActedRequest, found: TaskPage, title: str, empty: str, **more: Any) -> HttpResponseBase:
    today = timezone.localdate()
    groups: dict[str, list[dict[str, Any]]] = {code: [] for code, _label in GROUPS}
    for line in found.lines:
        groups[group_of(line, today)].append(task_row(line))
    context = {
        "title": title,
        "empty": empty,
        "groups": [(code, label, groups[code]) for code, label in GROUPS if groups[code]],
        "next": f"{found.next[0].isoformat()}.{found.next[1]}" if found.next else "",
        "tabs": tabs(request.actor, request.path),
        "crumbs": [Crumb(title)],
        "today": today,
        **more,
    }
    return render(request, "pages/cases/tasks.html", context)


def group_of(line: TaskLine, today: datetime.date) -> str:
    """Under which heading a task stands."""
    if line.standing == "overdue":
        return "overdue"
    if line.due_on == today:
        return "today"
    return "soon" if line.standing == "due_soon" else "later"


def task_row(line: TaskLine) -> dict[str, Any]:
    """A task for templates."""
    words = clock_words(line.standing, line.days, working=line.working, due_on=line.due_on)
    return {"line": line, "clock": words, "look": clock_look(line.standing, line.days)}


def tabs(actor: Actor, here: str) -> list[tuple[str, str, bool]]:
    """The lists a reader may open: label, address, current."""
    wanted = [
        (_("我的待办"), "tasks", "cases.work"),
        (_("股室待办"), "task-queue", "cases.work"),
        (_("超期"), "task-overdue", "cases.view"),
        (_("我的办件"), "my-cases", "cases.work"),
        (_("全部办件"), "cases", "cases.view"),
    ]
    return [(label, reverse(name), reverse(name) == here) for label, name, permission in wanted if actor.may(permission)]


def _cases(request: ActedRequest, found: queries.CasePage, title: str, **more: Any) -> HttpResponseBase:
    matters = all_matters()
    context = {
        "title": title,
        "rows": [{"case": case, "look": state_look(case), "title": _title(case), "step": _where(case)} for case in found.cases],
        "next": found.next,
        "tabs": tabs(request.actor, request.path),
        "matters": sorted(matters.values(), key=lambda one: one.title) if "matter" in more else [],
        "states": OWN_STATES,
        "may_open": request.actor.may("cases.open") and bool(matters),
        "crumbs": [Crumb(title)],
        **more,
    }
    return render(request, "pages/cases/list.html", context)


def _title(case: Case) -> str:
    known = all_matters().get(case.matter)
    return known.title if known else case.matter


def _where(case: Case) -> str:
    known = all_matters().get(case.matter)
    stage = known.by_stage.get(case.stage) if known else None
    return "" if case.final else stage.title if stage else case.stage


def waiting_lines(actor: Actor, most: int) -> list[dict[str, Any]]:
    """The first tasks that wait for a reader, for the first page of the day."""
    if not actor.may("cases.work"):
        return []
    found = queries.tasks_of(actor, on=timezone.localdate(), days=working_days(actor.region_code), size=most)
    return [task_row(line) for line in found.lines]


def _after(request: ActedRequest) -> Key | None:
    day, _dot, number = request.GET.get("after", "").partition(".")
    try:
        return datetime.date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _before(request: ActedRequest) -> int | None:
    return as_number(request.GET.get("before", ""))

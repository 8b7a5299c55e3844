"""A notice with its days; entering one from its text, looking at what was read before it holds; correcting one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.kernel.calendar.actions import SET, correct_notice, enter_notice
from anju.kernel.calendar.models import Notice
from anju.kernel.calendar.notice_text import LONGEST, read_notice, write_days
from anju.kernel.calendar.papers import ArrangedDay, Paper
from anju.kernel.calendar.queries import working_days
from anju.kernel.calendar.workdays import WEEKDAYS, DayKind
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.orgs.models import Region
from anju.ui.access import page
from anju.ui.asking import Ask, required_day, show_form, written
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number


@page()
def notice(request: ActedRequest, number: int) -> HttpResponseBase:
    """A notice and its days."""
    found = _notice_or_404(number)
    context = {
        "notice": found,
        "days": [(day, WEEKDAYS[day.day.weekday()]) for day in found.days.order_by("day")],
        "region": Region.objects.filter(pk=found.region_code).first() if found.region_code else None,
        "corrected_by": Notice.objects.filter(supersedes=found).first(),
        "may_enter": request.actor.may(SET),
        "crumbs": [Crumb(_("工作日历"), "calendar"), Crumb(found.number)],
    }
    return render(request, "pages/calendar/notice.html", context)


@page(SET)
def new(request: ActedRequest) -> HttpResponseBase:
    """Enter a notice: first its text is read and shown as days, then it is entered."""
    known = working_days(request.actor.region_code).years
    year = str(known[-1] + 1 if known else timezone.localdate().year)
    asked = {"year": year, "title": f"国务院办公厅关于{year}年部分节假日安排的通知"}
    form = {
        "title": _("录入放假安排"),
        "lead": _("照通知录入；粘贴正文，系统逐日读出，核对后生效。"),
        "asks": _asks(request, asked),
        "back": reverse("calendar"),
        "crumbs": [Crumb(_("工作日历"), "calendar"), Crumb(_("录入放假安排"))],
    }
    return _ask_read_enter(request, form, None)


@page(SET)
def correct(request: ActedRequest, number: int) -> HttpResponseBase:
    """Enter a notice again that was entered wrongly."""
    wrong = _notice_or_404(number)
    text = write_days(ArrangedDay(day.day, DayKind(day.kind), day.name) for day in wrong.days.all())
    asked = {
        "number": wrong.number,
        "year": str(wrong.year),
        "title": wrong.title,
        "dated": wrong.dated.isoformat(),
        "url": wrong.url,
        "text": text,
    }
    form = {
        "title": _("更正%(number)s") % {"number": wrong.number},
        "lead": _("更正后原来的一条不再适用，仍然保留；未办结的期限当夜按更正后的日历重新推算。"),
        "asks": [
            *_asks(request, asked, region=False),
            Ask(
                "reason",
                _("更正理由"),
                written(request, "reason"),
                required=True,
                longest=200,
                wide=True,
                hint=_("写明哪里录错了，记入日志。"),
            ),
        ],
        "back": reverse("calendar-notice", args=[wrong.pk]),
        "crumbs": [Crumb(_("工作日历"), "calendar"), Crumb(wrong.number), Crumb(_("更正"))],
    }
    return _ask_read_enter(request, form, wrong)


def _asks(request: ActedRequest, asked: dict[str, str], *, region: bool = True) -> list[Ask]:
    def value(name: str, longest: int = 300) -> str:
        return written(request, name, asked.get(name, ""), longest=longest)

    asks = [
        Ask("number", _("发文字号"), value("number"), required=True, longest=60, hint=_("例如 国办发明电〔2025〕7号。")),
        Ask("dated", _("成文日期"), value("dated"), required=True, type="date"),
        Ask("title", _("标题"), value("title"), required=True, longest=160, wide=True),
        Ask("year", _("年份"), value("year"), required=True, longest=4),
        Ask("url", _("网址"), value("url"), longest=300),
    ]
    options = _regions(request)
    if region and len(options) > 1:
        asks.append(Ask("region", _("适用地区"), value("region"), options, hint=_("地区自己的节日选本地区，例如三月三。")))
    hint = _("粘贴通知的放假条文；也可以逐日写，一行一个：2027-02-06 上班 春节。")
    asks.append(Ask("text", _("正文"), value("text", LONGEST), required=True, type="area", rows=10, longest=LONGEST, wide=True, hint=hint))
    return asks


def _regions(request: ActedRequest) -> tuple[tuple[str, str], ...]:
    code = request.actor.region_code
    above = [code[:length] for length in (2, 4, 6) if length <= len(code) and request.actor.scope.covers_region(code[:length])]
    names = dict(Region.objects.filter(code__in=above).values_list("code", "name"))
    return (("", _("全国")), *((one, names[one]) for one in above if one in names))


def _ask_read_enter(request: ActedRequest, form: dict[str, Any], wrong: Notice | None) -> HttpResponseBase:
    form["verb"] = _("读出日期")
    if request.method != "POST":
        return show_form(request, form)
    try:
        paper = _paper(request, wrong)
        days = read_notice(written(request, "text", longest=LONGEST), paper.year, name=_("地区节日") if paper.region_code else "")
        if written(request, "step") != "enter":
            return render(request, "pages/calendar/check.html", {**form, "days": _shown(days), "verb": _("核对无误，录入"), "paper": paper})
        if wrong is None:
            made = enter_notice(paper, days, by=request.actor)
        else:
            made = correct_notice(wrong, paper, days, reason=written(request, "reason"), by=request.actor)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("已录入%(number)s，共%(count)s天。") % {"number": made.number, "count": len(days)})
    return redirect("calendar-year", made.year)


def _paper(request: ActedRequest, wrong: Notice | None) -> Paper:
    year = as_number(written(request, "year"))
    if year is None or year > 9999:
        raise AnjuError(Problem("calendar.bad_notice", str(_("年份")), _("没有写年份。"), _("写四位年份。")))
    return Paper(
        number=written(request, "number"),
        year=year,
        title=written(request, "title"),
        dated=required_day(request, "dated", _("成文日期")),
        url=written(request, "url", longest=300),
        region_code=wrong.region_code if wrong else written(request, "region"),
    )


def _shown(days: list[ArrangedDay]) -> list[tuple[ArrangedDay, str]]:
    return [(one, WEEKDAYS[one.day.weekday()]) for one in days]


def _notice_or_404(number: int) -> Notice:
    found = Notice.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found

"""Reports: the list, a draft with every figure live, freezing it, frozen ones and their documents."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from anju.kernel.access.scope import EVERYWHERE
from anju.kernel.figures.periods import Period
from anju.kernel.orgs.models import Bureau
from anju.kernel.reports import catalogue, freezing
from anju.kernel.reports.docx.writing import render_docx, write_docx
from anju.kernel.reports.models import FrozenReport
from anju.kernel.reports.pdf import convert_to_pdf
from anju.site.pages.drafts import draft_of
from anju.site.pages.report_paper import looks, paper
from anju.site.pages.reporting_period import current_period
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.downloads import DOCX, PDF
from anju.ui.downloads import download as file_to_keep
from anju.ui.requests import ActedRequest

LISTED = 50
LOOKS = "report_looks"
"""Session key: per template and period, what each figure printed when this reader last looked."""


@page("reports.view")
def all_reports(request: ActedRequest) -> HttpResponseBase:
    """Templates to build from, and what was frozen."""
    period = current_period(request)
    frozen = request.actor.scope.narrow(FrozenReport.objects.order_by("-pk"))[:LISTED]
    templates = [
        {
            "template": each,
            "label": template_label(each.label),
            "fits": period.kind in each.periods,
            "kinds": "、".join(str(KINDS[kind]) for kind in each.periods),
        }
        for each in catalogue.all_templates().values()
    ]
    return render(
        request, "pages/reports/list.html", {"templates": templates, "frozen": frozen, "period": period, "crumbs": [Crumb(_("报告"))]}
    )


KINDS = {"year": _lazy("年度"), "half": _lazy("半年"), "quarter": _lazy("季度"), "month": _lazy("月度"), "range": _lazy("任意期间")}


def template_label(label: str) -> str:
    """The title pattern without its slots: {单位}{期间}工作情况报告 as 工作情况报告."""
    text, depth = "", 0
    for sign in label:
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and sign != "}":
            text += sign
    return text.strip() or label


@page("reports.view")
def draft(request: ActedRequest, template: str) -> HttpResponseBase:
    """The report of the reader's period as it stands now, figures underlined by state, findings beside."""
    bureau = chosen_bureau(request)
    if bureau is None:
        return _choose_bureau(request, template)
    period = current_period(request)
    chosen = catalogue.template(template)
    if period.kind not in chosen.periods:
        return _other_period(request, template, period, chosen.periods)
    built = draft_of(chosen, period, by=request.actor, bureau=bureau)
    kept = request.session.get(LOOKS, {})
    name = f"{template}:{period.code}:{bureau.pk}"
    sheet = paper(built, kept.get(name, {}))
    request.session[LOOKS] = {**dict(list(kept.items())[-5:]), name: looks(built)}
    context = {
        "built": built,
        "paper": sheet,
        "template": chosen,
        "bureau": bureau,
        "may_freeze": request.actor.may("reports.freeze"),
        "key": uuid4().hex,
        "earlier": request.actor.scope.narrow(
            FrozenReport.objects.filter(template=template, period=period.code, bureau_id=bureau.pk).order_by("-pk")
        )[:5],
        "crumbs": [Crumb(_("报告"), "reports"), Crumb(built.title)],
    }
    return render(request, "pages/reports/draft.html", context)


@require_POST
@page("reports.freeze")
def freeze(request: ActedRequest, template: str) -> HttpResponseBase:
    """Freeze exactly the draft the reader saw: the same snapshot, or a refusal when the books have moved since."""
    bureau = chosen_bureau(request)
    if bureau is None:
        raise Http404
    period = Period.parse(request.POST.get("period", ""))
    built = draft_of(catalogue.template(template), period, by=request.actor, bureau=bureau, snapshot=request.POST.get("snapshot", ""))
    frozen = freezing.freeze(
        built,
        by=request.actor,
        reason=request.POST.get("reason", "").strip()[:200],
        key=f"freeze:{request.actor.staff_id}:{request.POST.get('key', '')[:64]}",
    )
    messages.success(request, _("已定稿为第 %(number)s 号。数字、依据和提示都已保存，以后可以核对到位。") % {"number": frozen.frozen})
    return redirect("frozen-report", frozen.frozen)


@page("reports.view")
def frozen(request: ActedRequest, number: int) -> HttpResponseBase:
    """A frozen report; its figures open on the snapshot it was computed on."""
    report = request.actor.scope.narrow(FrozenReport.objects.filter(pk=number)).first()
    if report is None:
        raise Http404
    built = freezing.load(number, by=request.actor)
    context = {
        "built": built,
        "report": report,
        "paper": paper(built, {}),
        "crumbs": [Crumb(_("报告"), "reports"), Crumb(_("第 %(number)s 号定稿") % {"number": number})],
    }
    return render(request, "pages/reports/frozen.html", context)


@page("reports.view")
def download(request: ActedRequest, number: int, kind: str) -> HttpResponseBase:
    """The document of a frozen report: `docx` or `pdf`."""
    built = freezing.load(number, by=request.actor)
    name = f"{built.title}（第{number}号）"
    if kind == "docx":
        return file_to_keep(render_docx(built), f"{name}.docx", DOCX)
    if kind != "pdf":
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        document, target = Path(folder) / "report.docx", Path(folder) / "report.pdf"
        write_docx(built, document)
        convert_to_pdf(document, target)
        return file_to_keep(target.read_bytes(), f"{name}.pdf", PDF)


def chosen_bureau(request: ActedRequest) -> Bureau | None:
    """The bureau a report is about: the reader's own, or one in the reader's scope that the address names."""
    wanted = request.GET.get("bureau") or request.POST.get("bureau") or str(request.actor.bureau_id or "")
    chosen: Bureau | None = bureaus_in_scope(request).filter(pk=int(wanted)).first() if wanted.isdigit() else None
    return chosen


def bureaus_in_scope(request: ActedRequest) -> Any:
    """The bureaus whose records the reader may see."""
    scope = request.actor.scope
    rows = Bureau.objects.order_by("region_id", "code")
    if scope.bureau_id is not None:
        return rows.filter(pk=scope.bureau_id)
    return rows if scope.region == EVERYWHERE else rows.filter(region__code__startswith=scope.region)


def _choose_bureau(request: ActedRequest, template: str) -> HttpResponseBase:
    context = {"bureaus": bureaus_in_scope(request), "template": template, "crumbs": [Crumb(_("报告"), "reports"), Crumb(_("选单位"))]}
    return render(request, "pages/reports/choose_bureau.html", context)


def _other_period(request: ActedRequest, template: str, period: Period, kinds: tuple[str, ...]) -> HttpResponseBase:
    offered = []
    for year in (period.end.year, period.end.year - 1):
        for code in ("", "H1", "H2", "Q1", "Q2", "Q3", "Q4"):
            each = Period.parse(f"{year}{code}")
            if each.kind in kinds and each.start <= date(period.end.year, 12, 31):
                offered.append(each)
    context = {"period": period, "offered": offered, "template": template, "crumbs": [Crumb(_("报告"), "reports"), Crumb(_("选报告期"))]}
    return render(request, "pages/reports/other_period.html", context)

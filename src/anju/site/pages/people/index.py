"""Who works where: the people and the bureaus of the reader's scope; entering a bureau or a section."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.orgs import actions
from anju.kernel.orgs.models import Bureau
from anju.kernel.orgs.queries import bureaus_in, staff_in
from anju.kernel.orgs.regions import find_region
from anju.site.pages.people.asking import bureau_or_404
from anju.site.pages.people.words import reach_words
from anju.ui.access import page
from anju.ui.asking import Ask, show_form, written
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number, readable

LISTED = 300


def may_look(actor: Actor) -> bool:
    """Whether these pages are somebody's business."""
    return actor.may("orgs.manage") or actor.may("orgs.grant")


@page()
def people(request: ActedRequest) -> HttpResponseBase:
    """The people in scope, found by name, sign-in or bureau; below them the bureaus with their sections."""
    actor = request.actor
    if not may_look(actor):
        actor.require("orgs.manage")
    words, chosen, left = readable(request.GET.get("q", ""), 40), as_number(request.GET.get("bureau", "")), "left" in request.GET
    found = staff_in(actor.scope)
    if words:
        found = found.filter(Q(name__contains=words) | Q(user__username__icontains=words) | Q(title__contains=words))
    if chosen is not None:
        found = found.filter(bureau_id=chosen)
    if not left:
        found = found.filter(active=True)
    rows = list(found[: LISTED + 1])
    bureaus = list(_bureaus(actor)[: LISTED + 1])
    context = {
        "people": [{"staff": one, "reach": reach_words(one)} for one in rows[:LISTED]],
        "people_left_out": len(rows) > LISTED,
        "bureaus": bureaus[:LISTED],
        "bureaus_left_out": len(bureaus) > LISTED,
        "listed": LISTED,
        "several": len(bureaus) > 1,
        "words": words,
        "chosen": chosen,
        "left": left,
        "filtered": bool(words) or chosen is not None,
        "may_manage": actor.may("orgs.manage"),
        "may_found": actor.may("orgs.manage") and actor.scope.bureau_id is None,
        "has_bureau": actor.bureau_id is not None,
        "crumbs": [Crumb(_("机构与人员"))],
    }
    return render(request, "pages/people/list.html", context)


def _bureaus(actor: Actor) -> Any:
    rows: Any = bureaus_in(actor.scope).select_related("region").prefetch_related("departments")
    return rows.annotate(people=Count("staff", filter=Q(staff__active=True)))


@page("orgs.manage")
def new_bureau(request: ActedRequest) -> HttpResponseBase:
    """Enter a bureau in the reader's region."""
    asks = [
        Ask("name", _("单位全称"), written(request, "name"), required=True, longest=80, wide=True),
        Ask("short_name", _("简称"), written(request, "short_name"), required=True, longest=20, hint=_("列表和报告中使用，20字以内。")),
        Ask("code", _("代码"), written(request, "code"), required=True, hint=_("字母、数字、-、_，命令行和接口用它指明单位。")),
        Ask("region", _("所在地区"), written(request, "region"), required=True, hint=_("区划代码或名称，例如 340522 或 含山县。")),
    ]
    form = _form(_("登记单位"), "", asks, _("登记"))
    if request.method != "POST":
        return show_form(request, form)
    try:
        made = actions.add_bureau(
            code=written(request, "code"),
            name=written(request, "name"),
            short_name=written(request, "short_name"),
            region=find_region(written(request, "region")),
            by=request.actor,
        )
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("已登记%(name)s。") % {"name": made.name})
    return redirect("people")


@page("orgs.manage")
def new_department(request: ActedRequest) -> HttpResponseBase:
    """Enter a section of a bureau."""
    bureau: Bureau = bureau_or_404(request, request.GET.get("bureau", ""))
    asks = [Ask("name", _("股室名称"), written(request, "name"), required=True, longest=60)]
    form = _form(_("登记股室"), bureau.name, asks, _("登记"))
    if request.method != "POST":
        return show_form(request, form)
    try:
        actions.add_department(bureau=bureau, name=written(request, "name"), by=request.actor)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("已登记股室“%(name)s”。") % {"name": written(request, "name")})
    return redirect("people")


def _form(title: str, lead: str, asks: list[Ask], verb: str) -> dict[str, Any]:
    crumbs = [Crumb(_("机构与人员"), "people"), Crumb(title)]
    return {"title": title, "lead": lead, "asks": asks, "verb": verb, "back": reverse("people"), "crumbs": crumbs}

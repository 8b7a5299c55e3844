"""房屋证明: the list, the form of a query, the paper to print, and the page on which anybody verifies one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.market import actions, queries
from anju.domains.market.actions import Query
from anju.domains.market.models import Certificate
from anju.domains.market.views.asking import written
from anju.kernel.codes.identity_document import PAPERS
from anju.kernel.errors import AnjuError
from anju.ui.access import page
from anju.ui.asking import Ask, show_form
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

PAGE = 50
TITLE = "房屋证明"


@page("market.certify")
def all_certificates(request: ActedRequest) -> HttpResponseBase:
    """Certificates of the reader's bureau, the newest first."""
    text = readable(request.GET.get("q", ""), 60)
    context = {
        "page": Paginator(queries.certificates(request.actor.scope, text=text), PAGE).get_page(request.GET.get("page")),
        "text": text,
        "crumbs": [Crumb(TITLE)],
    }
    return render(request, "market/certificates.html", context)


@page("market.certify")
def new_certificate(request: ActedRequest) -> HttpResponseBase:
    """Who asks, for whom, what for; what is found is certified at once."""
    asks = [
        Ask("name", _("被查询人"), written(request, "name"), required=True),
        Ask("id_type", _("证件类型"), written(request, "id_type") or "resident_id", _papers()),
        Ask("id_no", _("证件号码"), written(request, "id_no"), required=True),
        Ask("asker", _("查询人"), written(request, "asker") or "self", tuple(Certificate.Asker.choices)),
        Ask("authority", _("委托书或协助文书"), written(request, "authority", 120), longest=120, hint=_("代他人或机关查询的必填文书号")),
        Ask("purpose", _("用途"), written(request, "purpose", 80), required=True, longest=80, hint=_("例如 子女入学")),
    ]
    form = {
        "title": _("开具住房情况证明"),
        "note": _("没有记录也是结果，同样开具。查询人、用途、依据和结果摘要记入日志。"),
        "asks": asks,
        "verb": _("查询并开具"),
        "back": reverse("market-certificates"),
        "crumbs": [Crumb(TITLE, "market-certificates"), Crumb(_("开具"))],
    }
    if request.method != "POST":
        return show_form(request, form)
    try:
        told = {name: written(request, name, 120) for name in ("name", "id_type", "id_no", "asker", "authority", "purpose")}
        if told["asker"] not in Certificate.Asker.values:
            raise AnjuError.of("market.bad_choice", _("没有选择查询人。"), where=_("查询人"))
        made = actions.issue_certificate(Query(**told), by=request.actor)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    return redirect("market-certificate", made.pk)


@page("market.certify")
def one_certificate(request: ActedRequest, number: int) -> HttpResponseBase:
    """The paper, to print."""
    one = queries.certificate(number, request.actor.scope)
    context = {
        "one": one,
        "today": timezone.localdate(),
        "address": request.build_absolute_uri(reverse("open-certificate")),
        "crumbs": [Crumb(TITLE, "market-certificates"), Crumb(one.certificate_no)],
    }
    return render(request, "market/certificate.html", context)


@page("market.certify")
def void(request: ActedRequest, number: int) -> HttpResponseBase:
    """作废, with its reason."""
    one = queries.certificate(number, request.actor.scope)
    form = {
        "title": _("作废房屋证明"),
        "lead": one.certificate_no,
        "asks": [Ask("reason", _("原因"), written(request, "reason", 120), required=True, longest=120, wide=True)],
        "verb": _("作废"),
        "danger": True,
        "back": reverse("market-certificate", args=[one.pk]),
        "crumbs": [Crumb(TITLE, "market-certificates"), Crumb(one.certificate_no, "market-certificate", (one.pk,)), Crumb(_("作废"))],
    }
    if request.method != "POST":
        return show_form(request, form)
    try:
        actions.void_certificate(one.pk, reason=written(request, "reason", 120), by=request.actor)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("已作废；凭编号和验证码查询的人会看到。"))
    return redirect("market-certificate", one.pk)


def verify(request: HttpRequest) -> HttpResponseBase:
    """Whether a paper is what it claims to be: for anybody who holds it, by its number and its code."""
    number, code = readable(request.POST.get("number", ""), 40), readable(request.POST.get("code", ""), 16)
    found = queries.verified(number, code) if number and code else None
    context = {"asked": request.method == "POST", "number": number, "one": found, "today": timezone.localdate()}
    return render(request, "market/open_certificate.html", context)


def _papers() -> tuple[tuple[str, str], ...]:
    return tuple((code, one.name) for code, one in PAPERS.items())

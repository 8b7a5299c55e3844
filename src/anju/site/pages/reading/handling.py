"""What a reader does with a text: accept or change a mapping, let a finding stand, set up books, keep a template, take the comments."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.errors import AnjuError
from anju.kernel.reading import actions
from anju.kernel.reading.annotating import annotated
from anju.kernel.reading.queries import content_of, opened
from anju.kernel.reading.templating.founding import confirm
from anju.site.pages.figure_request import forget_freshness
from anju.ui.access import page
from anju.ui.downloads import DOCX
from anju.ui.downloads import download as file_to_keep
from anju.ui.requests import ActedRequest

KEEP_WORDS = "-"
"""What the form sends when the words of a figure are to stay."""


@require_POST
@page("reports.build")
def decide(request: ActedRequest, number: int, start: int) -> HttpResponseBase:
    """Say what a figure is, then back to where it stands in the text."""
    reference = request.POST.get("reference", "")[:400]

    def act() -> str:
        actions.decide(number, start, "" if reference == KEEP_WORDS else reference, by=request.actor)
        return _("已记住，下次读到同样的说法会自动对应。")

    return _back(request, number, act, f"#f{start}")


@require_POST
@page("reports.build")
def accept(request: ActedRequest, number: int) -> HttpResponseBase:
    """Accept every likely mapping at once."""

    def act() -> str:
        return _("已确认 %(count)d 个数字的指标。") % {"count": actions.accept_likely(number, by=request.actor)}

    return _back(request, number, act)


@require_POST
@page("reports.build")
def silence(request: ActedRequest, number: int) -> HttpResponseBase:
    """Let a finding stand, with a reason; with `again`, show it again."""
    fingerprint = request.POST.get("finding", "")[:16]

    def act() -> str:
        if request.POST.get("again"):
            actions.unsilence(number, fingerprint, by=request.actor)
            return _("重新提示这一条。")
        actions.silence(number, fingerprint, request.POST.get("reason", "")[:500], by=request.actor)
        return _("已说明理由，不再提示这一条。")

    return _back(request, number, act, "#findings")


@require_POST
@page("reports.build")
def books(request: ActedRequest, number: int) -> HttpResponseBase:
    """Set up the proposed ledgers that were ticked."""

    def act() -> str:
        chosen = confirm(number, request.POST.getlist("ledger")[:100], by=request.actor)
        forget_freshness()
        return _("已建立 %(count)d 本台账，文中的数字已与它们对应。登记之后，数字就会自己填。") % {"count": len(chosen)}

    return _back(request, number, act, "#books")


@require_POST
@page("reports.build")
def template(request: ActedRequest, number: int) -> HttpResponseBase:
    """Keep the text as a template and open the draft it gives for the reader's period."""
    name = request.POST.get("name", "").strip()[:60]
    try:
        written = actions.save_template(number, name, by=request.actor)
    except AnjuError as error:
        return _refused(request, number, error)
    messages.success(request, _("已存为模板 %(name)s：%(count)d 个数字会自己填。") % {"name": name, "count": len(written.slots)})
    return redirect("report", name)


@page("reports.view")
def document(request: ActedRequest, number: int) -> HttpResponseBase:
    """The document with its findings as comments."""
    view = opened(number, by=request.actor)
    content = annotated(content_of(number, by=request.actor), view.row.name, view.sifted.standing)
    stem = view.row.name.rpartition(".")[0] or view.row.name
    return file_to_keep(content, f"{stem}-批注.docx", DOCX)


def _back(request: ActedRequest, number: int, act: Callable[[], str], anchor: str = "") -> HttpResponseBase:
    try:
        messages.success(request, act())
    except AnjuError as error:
        return _refused(request, number, error)
    return redirect(reverse("read-text", args=(number,)) + anchor)


def _refused(request: ActedRequest, number: int, error: AnjuError) -> HttpResponseBase:
    for problem in error.problems[:5]:
        messages.error(request, f"{problem.what}{problem.advice}")
    return redirect("read-text", number)

"""The forms of these pages: what is asked, and whom and what somebody may give."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.orgs.models import Bureau, Region, Staff
from anju.kernel.orgs.queries import bureaus_in, staff_in
from anju.ui.asking import Ask, written
from anju.ui.requests import ActedRequest, as_number


def reason_ask(value: str, hint: str) -> Ask:
    """The reason every change of a post is written with."""
    return Ask("reason", _("理由"), value, required=True, hint=hint, longest=200, wide=True)


def show_secret(request: ActedRequest, context: dict[str, Any]) -> HttpResponseBase:
    """The page that shows a password the only time it can be read; no browser keeps it."""
    response = render(request, "pages/people/secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


def required_reason(request: ActedRequest) -> str:
    """The reason written. Raises AnjuError `orgs.no_reason`."""
    reason = written(request, "reason")
    if not reason:
        raise AnjuError(Problem("orgs.no_reason", _("理由"), _("没有写理由。"), _("写明依据，记入日志。")))
    return reason


def bureau_or_404(request: ActedRequest, number: str) -> Bureau:
    """A bureau of the reader's scope; the reader's own when none is named."""
    wanted = as_number(number) if number else request.actor.bureau_id
    found = bureaus_in(request.actor.scope).select_related("region").filter(pk=wanted or 0).first()
    if found is None:
        raise Http404
    return found


def staff_or_404(request: ActedRequest, number: int) -> Staff:
    """A person of the reader's scope; anybody else is not there."""
    found = staff_in(request.actor.scope).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def reach_options(bureau: Bureau, by: Actor, now: Staff | None = None) -> tuple[tuple[str, str], ...]:
    """The data scopes that somebody of this bureau may be given by this actor, and the one held now."""
    options = [("bureau", _("本单位"))]
    if by.scope.bureau_id is None:
        code = bureau.region_id
        above = Region.objects.filter(code__in=[code[:length] for length in (2, 4, 6, 9, 12) if length <= len(code)]).order_by("-code")
        options += [
            (f"region:{one.code}", _("%(region)s及下级") % {"region": one.name}) for one in above if by.scope.covers_region(one.code)
        ]
    if now is not None and reach_value(now) not in dict(options):
        options.append((reach_value(now), _("%(region)s及下级") % {"region": now.region.name}))
    return tuple(options)


def reach_value(staff: Staff) -> str:
    """A person's data scope as the form writes it."""
    return "bureau" if staff.reach == Staff.Reach.BUREAU else f"region:{staff.region_id}"


def read_reach(text: str, bureau: Bureau) -> tuple[str, Region]:
    """(reach, root) of what the form says. Raises AnjuError `orgs.bad_reach`."""
    kind, _separator, code = text.partition(":")
    if kind == "bureau":
        return Staff.Reach.BUREAU, bureau.region
    root = Region.objects.filter(code=code).first()
    if kind != "region" or root is None:
        raise AnjuError(Problem("orgs.bad_reach", _("数据范围"), _("没有这样的数据范围。"), _("请重新选择。")))
    return Staff.Reach.REGION, root

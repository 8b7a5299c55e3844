"""What forms of the slice wrote, as values; what cannot be read is told with its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.kernel.cases.matters.catalogue import get
from anju.kernel.cases.models import Case
from anju.kernel.errors import AnjuError
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

MOST_AREA = Decimal(100_000)


def said(request: ActedRequest, name: str, longest: int = 200) -> str:
    """A field as text."""
    return readable(request.POST.get(name, ""), longest)


def day_of(request: ActedRequest, name: str, where: str) -> date:
    """A field as a day. Raises AnjuError `housing.bad_day`."""
    return day(request.POST.get(name, ""), where)


def day(text: str, where: str) -> date:
    """A day as the browser writes it. Raises AnjuError `housing.bad_day`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AnjuError.of("housing.bad_day", _("%(where)s不是日期。") % {"where": where}, where=where) from None


def area_of(text: str, where: str) -> Decimal | None:
    """Square metres to two places; None for nothing. Raises AnjuError `housing.bad_area`."""
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 < found < MOST_AREA or found != round(found, 2):
        raise AnjuError.of(
            "housing.bad_area", _("“%(text)s”不是面积。") % {"text": text[:20]}, where=where, advice=_("以㎡为单位，最多两位小数。")
        )
    return found


def receipt(request: ActedRequest, case: Case, code: str) -> HttpResponseBase:
    """The page of the receipt, with the code to follow the case shown once."""
    context = {"case": case, "matter": get(case.matter), "code": code, "crumbs": [Crumb(_("收件"), "case-choose"), Crumb(case.number)]}
    return render(request, "pages/cases/receipt.html", context)

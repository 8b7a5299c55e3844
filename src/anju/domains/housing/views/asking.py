"""What forms of the slice wrote, as values; what cannot be read is told with its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError
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

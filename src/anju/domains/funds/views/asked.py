"""What forms of this slice read: money in 元, numbers, choices."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError, Problem
from anju.ui.asking import written
from anju.ui.requests import ActedRequest


def money(request: ActedRequest, name: str, label: str | Promise) -> int:
    """An amount written in 元, as fen. Raises AnjuError `form.bad_money`."""
    text = written(request, name, longest=40).replace(",", "").replace("，", "").removesuffix("元")
    try:
        fen = Decimal(text) * 100
    except InvalidOperation:
        fen = Decimal("NaN")
    if not fen.is_finite() or fen != fen.to_integral_value() or not 0 < fen < 2**53:
        raise AnjuError(
            Problem("form.bad_money", str(label), _("“%(text)s”不是金额。") % {"text": text[:20]}, _("以元为单位，最多两位小数。"))
        )
    return int(fen)

"""What the market's forms say, read once for all of them."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError
from anju.ui.requests import ActedRequest, readable

Chosen = TypeVar("Chosen", bound=TextChoices)


def written(request: ActedRequest, name: str, longest: int = 120) -> str:
    """The text of a field."""
    return readable(request.POST.get(name, ""), longest)


def day(request: ActedRequest, name: str, label: str, *, required: bool = True) -> date | None:
    """The day of a field. Raises AnjuError `market.bad_day`."""
    text = request.POST.get(name, "").strip()
    if not text and not required:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise AnjuError.of("market.bad_day", _("没有写日期，或写法不对。"), where=label, advice=_("请按 2023-06-30 填写。")) from error


def must_day(request: ActedRequest, name: str, label: str) -> date:
    """A day that has to be there."""
    found = day(request, name, label)
    if found is None:
        raise AnjuError.of("market.bad_day", _("没有写日期。"), where=label, advice=_("请按 2023-06-30 填写。"))
    return found


def chosen(choices: type[Chosen], request: ActedRequest, name: str, label: str) -> Chosen:
    """The choice of a field. Raises AnjuError `market.bad_choice`."""
    wanted = request.POST.get(name, "")
    if wanted not in choices.values:
        raise AnjuError.of("market.bad_choice", _("没有选择。"), where=label, advice=_("请选一项。"))
    return choices(wanted)

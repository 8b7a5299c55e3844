"""A page that asks: labelled things to write or choose, one button, problems above. For short forms that need no class of their own."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError, Problem
from anju.ui.requests import ActedRequest, readable

InputType = Literal["text", "date", "number", "area"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked. With `options` ((value, label) pairs) it is chosen, not written. `type` area: several lines, `rows` shown."""

    name: str
    label: str | Promise
    value: str = ""
    options: tuple[tuple[str, str | Promise], ...] = ()
    required: bool = False
    hint: str | Promise = ""
    longest: int = 40
    wide: bool = False
    type: InputType = "text"
    rows: int = 4
    unit: str | Promise = ""


def show_form(
    request: ActedRequest, context: dict[str, Any], problems: Iterable[Problem] = (), *, template: str = "ui/form.html"
) -> HttpResponseBase:
    """The page of a form; with problems its status is 422. `template`: one that extends `ui/form.html`.

    `context`: title, asks, verb (of the button), back (an address), crumbs; optional lead, note, warning, danger.
    """
    problems = tuple(problems)
    return render(request, template, {**context, "problems": problems}, status=422 if problems else 200)


def written(request: ActedRequest, name: str, otherwise: str = "", *, longest: int = 200) -> str:
    """What the form says, stripped; `otherwise` before anything was sent."""
    return readable(request.POST.get(name, otherwise), longest)


def written_day(request: ActedRequest, name: str, label: str | Promise) -> datetime.date | None:
    """The date the form says, None when it is left empty. Raises AnjuError `form.bad_date`."""
    text = written(request, name)
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise AnjuError(
            Problem("form.bad_date", str(label), _("“%(text)s”不是日期。") % {"text": text[:20]}, _("写成 2023-06-30。"))
        ) from None


def required_day(request: ActedRequest, name: str, label: str | Promise) -> datetime.date:
    """The same of a date that must be written. Raises AnjuError `form.bad_date`."""
    found = written_day(request, name, label)
    if found is None:
        raise AnjuError(Problem("form.bad_date", str(label), _("没有写日期。"), _("写成 2023-06-30。")))
    return found

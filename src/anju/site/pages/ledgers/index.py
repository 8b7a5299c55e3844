"""Which ledgers there are, by business area, with how full they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anju.kernel.access.scope import Scope
from anju.kernel.ledgers.catalogue import Ledger
from anju.kernel.ledgers.queries import records
from anju.site.pages.areas import area_title, ledgers_by_area
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest
from anju.ui.templatetags.ui import thousands

COUNTED_TO = 10_000
"""Exact counts of large ledgers cost more than they tell; beyond this the page says 10,000以上."""


@dataclass(frozen=True, slots=True)
class Book:
    """One ledger on the index. `newest`: the latest business date in scope."""

    ledger: Ledger
    count: str
    newest: date | None


@dataclass(frozen=True, slots=True)
class Area:
    """A business area and its ledgers."""

    name: str
    title: str | Promise
    books: list[Book]


@page("ledgers.view")
def all_areas(request: ActedRequest) -> HttpResponseBase:
    """Every area."""
    return _index(request, ledgers_by_area(), _("台账"), [Crumb(_("台账"))])


@page("ledgers.view")
def one_area(request: ActedRequest, area: str) -> HttpResponseBase:
    """The ledgers of one area."""
    ledgers = ledgers_by_area().get(area)
    if not ledgers:
        raise Http404
    return _index(request, {area: ledgers}, area_title(area), [Crumb(_("台账"), "areas"), Crumb(area_title(area))])


def _index(request: ActedRequest, areas: dict[str, list[Ledger]], title: str | Promise, crumbs: list[Crumb]) -> HttpResponseBase:
    context = {
        "title": title,
        "crumbs": crumbs,
        "areas": [
            Area(name, area_title(name), [book(ledger, request.actor.scope) for ledger in ledgers]) for name, ledgers in areas.items()
        ],
        "may_import": request.actor.may("ledgers.import"),
        "may_edit": request.actor.may("ledgers.edit"),
    }
    return render(request, "pages/ledgers/index.html", context)


def book(ledger: Ledger, scope: Scope) -> Book:
    """How full a ledger is for a reader of this scope."""
    rows: Any = records(ledger, scope)
    count = rows.order_by()[: COUNTED_TO + 1].count()
    words = (
        _("%(count)s 条以上") % {"count": thousands(COUNTED_TO)} if count > COUNTED_TO else _("%(count)s 条") % {"count": thousands(count)}
    )
    newest = rows.aggregate(newest=Max(ledger.date))["newest"] if ledger.date and count else None
    return Book(ledger, words, newest)

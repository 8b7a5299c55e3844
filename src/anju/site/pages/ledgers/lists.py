"""The list of one ledger: filtered, searched, sorted, in pages; columns as the reader chose them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.errors import AnjuError, Problem
from anju.kernel.ledgers import catalogue, queries
from anju.kernel.ledgers.catalogue import Field, Ledger
from anju.kernel.ledgers.declaration import NUMBER_TYPES
from anju.kernel.ledgers.values import show
from anju.site.pages.areas import area_title
from anju.site.pages.ledgers.closing import closed_words
from anju.site.pages.ledgers.filters import Term, as_where, offers, read_terms
from anju.site.pages.ledgers.showing import cells_of
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest
from anju.ui.templatetags.ui import thousands

COLUMNS_AT_FIRST = 9
PAGE_SIZE = 50
A_YEAR = 366 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list with the address that sorts by it (none when it has no index) and its total."""

    field: Field
    sorted: str = ""
    sort_url: str = ""
    total: str = ""

    @property
    def numeric(self) -> bool:
        return self.field.type in NUMBER_TYPES

    @property
    def unit(self) -> str:
        return self.field.unit


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of a list; the export reads the same."""

    terms: list[Term]
    where: dict[str, Any]
    search: str
    sort: str

    @classmethod
    def read(cls, ledger: Ledger, asked: QueryDict) -> Asked:
        """From the query of the address; an unknown sort is left out."""
        terms = read_terms(ledger, asked)
        sort = asked.get("sort", "")
        if sort.removeprefix("-") not in ledger.sortable:
            sort = f"-{ledger.date}" if ledger.date else "-id"
        return cls(terms, as_where(terms), asked.get("q", "").strip()[:60], sort)


@page("ledgers.view")
def ledger(request: ActedRequest, name: str) -> HttpResponseBase:
    """One page of a ledger's records."""
    book = catalogue.get(name)
    asked = Asked.read(book, request.GET)
    scope = request.actor.scope
    problems: tuple[Problem, ...] = ()
    try:
        found = queries.page(book, scope, where=asked.where, search=asked.search, sort=asked.sort, after=request.GET.get("after") or None)
    except AnjuError as error:
        # A condition that cannot be read is said above the whole list; it never empties the page.
        problems, asked = error.problems, replace(asked, terms=[], where={})
        found = queries.page(book, scope, search=asked.search, sort=asked.sort)
    fields = chosen_fields(request, book)
    totals = queries.totals(book, scope, asked.where, asked.search).sums if found.rows and not found.count_is_capped else {}
    context = {
        "ledger": book,
        "crumbs": [Crumb(area_title(book.slice), "area", (book.slice,)), Crumb(book.title)],
        "page": found,
        "problems": problems,
        "rows": [
            {"id": row.pk, "cells": cells_of(fields, words)} for row, words in zip(found.rows, queries.shown(book, found.rows), strict=True)
        ],
        "columns": _columns(request, fields, asked, book, totals),
        "column_names": {field.name for field in fields},
        "terms": asked.terms,
        "filters": offers(book, asked.terms),
        "search": asked.search,
        "search_names": "、".join(field.label for field in book.fields if field.type in ("text", "organisation"))[:24],
        "sort": request.GET.get("sort", ""),
        "kept": [(key, value) for key, values in request.GET.lists() if key not in ("q", "after") for value in values],
        "query": _query(request.GET, after=None),
        "count_words": _count_words(found),
        "totals": totals,
        "position": _("每页 %(size)s 条") % {"size": PAGE_SIZE},
        "first_url": f"?{_query(request.GET, after=None)}" if request.GET.get("after") else "",
        "next_url": f"?{_query(request.GET, after=found.next)}" if found.next else "",
        "closed": closed_words(book, scope),
        "may_close": bool(book.date) and request.actor.may("ledgers.close") and request.actor.bureau_id is not None,
        "may_edit": request.actor.may("ledgers.edit"),
        "may_import": request.actor.may("ledgers.import"),
        "may_export": request.actor.may("ledgers.export"),
    }
    return render(request, "pages/ledgers/list.html", context)


def chosen_fields(request: ActedRequest, ledger: Ledger) -> list[Field]:
    """The columns this browser was last told to show; at first the first ones, personal identifiers aside."""
    try:
        kept = json.loads(request.COOKIES.get(_cookie(ledger), "[]"))
    except ValueError:
        kept = []
    chosen = [field for field in ledger.fields if isinstance(kept, list) and field.name in kept]
    if chosen:
        return chosen
    telling = sorted(
        (field for field in ledger.fields if not field.personal and field.type != "file"), key=lambda one: _weight(ledger, one)
    )
    shown = {field.name for field in telling[:COLUMNS_AT_FIRST]}
    return [field for field in ledger.fields if field.name in shown]


def _weight(ledger: Ledger, field: Field) -> tuple[int, int]:
    """How much a column tells: what names the record, when it counts, how much it is, what kind it is; then the rest in order."""
    order = (field.name in ledger.key, field.name == ledger.date, field.type in ("money", "area"), field.type == "choice", field.required)
    return next((place for place, holds in enumerate(order) if holds), len(order)), ledger.fields.index(field)


@require_POST
@page("ledgers.view")
def choose_columns(request: ActedRequest, name: str) -> HttpResponseBase:
    """Remember which columns to show."""
    book = catalogue.get(name)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = reverse("ledger", args=[name])
    response = redirect(target)
    chosen = [field.name for field in book.fields if field.name in request.POST.getlist("column")]
    if "reset" in request.POST or not chosen:
        response.delete_cookie(_cookie(book))
    else:
        response.set_cookie(_cookie(book), json.dumps(chosen), max_age=A_YEAR, httponly=True, samesite="Lax")
    return response


def _cookie(ledger: Ledger) -> str:
    return f"columns_{ledger.name}"


def _columns(request: ActedRequest, fields: list[Field], asked: Asked, ledger: Ledger, totals: dict[str, Any]) -> list[Column]:
    columns = []
    for field in fields:
        now = asked.sort.removeprefix("-") == field.name
        descending = asked.sort.startswith("-")
        columns.append(
            Column(
                field,
                sorted=("descending" if descending else "ascending") if now else "",
                sort_url=f"?{_query(request.GET, after=None, sort=field.name if now and descending else f'-{field.name}')}"
                if field.name in ledger.sortable
                else "",
                total=show(field, totals[field.name]) if totals.get(field.name) is not None else "",
            )
        )
    return columns


def _count_words(found: queries.Page) -> str:
    number = {"count": thousands(found.count)}
    return _("共 %(count)s 条以上") % number if found.count_is_capped else _("共 %(count)s 条") % number


def _query(asked: QueryDict, **changes: str | None) -> str:
    kept = [(key, value) for key, values in asked.lists() if key not in changes for value in values]
    return urlencode([*kept, *((key, value) for key, value in changes.items() if value)])

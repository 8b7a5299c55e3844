"""One text: the sheet with every figure marked, findings beside it, and a figure opened in the drawer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.reading.checking.comparing import Beside, beside_system
from anju.kernel.reading.checking.registry import BESIDE, NAMES
from anju.kernel.reading.checking.saying import value_like
from anju.kernel.reading.form import number as exact
from anju.kernel.reading.listing import DIRECTION_WORDS, MODIFIER_WORDS, ROLE_WORDS
from anju.kernel.reading.queries import Opened, opened
from anju.kernel.reading.templating.beside import system_values
from anju.kernel.reading.templating.choices import key_of
from anju.kernel.reading.templating.proposals import propose
from anju.site.pages.figure_request import fresh_snapshot, home_region
from anju.site.pages.reading.marked import counted, marked
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, for_drawer

STATES = {
    "matched": _("已对应"),
    "likely": _("可能对应，待确认"),
    "differs": _("与系统不同"),
    "broken": _("关系不成立"),
    "noted": _("有疑问"),
    "unknown": _("未对应"),
}
MOST_FOUND = 12
RULES = NAMES | BESIDE


@page("reports.view")
def text(request: ActedRequest, number: int) -> HttpResponseBase:
    """The sheet and its margin."""
    view = _opened(request, number)
    rows = beside_of(view, request)
    sheet = marked(view, rows, RULES)
    differing = [row for row in rows.values() if row.state == "different"]
    context = {
        "view": view,
        "sheet": sheet,
        "states": [(state, label, sheet.counts[state]) for state, label in STATES.items() if sheet.counts.get(state)],
        "rows": [_row(view, row) for row in rows.values()],
        "differing": len(differing),
        "likely": sum(choice.state == "likely" for choice in view.choices),
        "proposals": propose(view.reading, view.choices),
        "may_build": request.actor.may("reports.build"),
        "proposed_name": view.row.template or f"read_{view.row.pk}",
        "crumbs": [Crumb(_("报告"), "reports"), Crumb(_("读文稿"), "read-texts"), Crumb(view.row.name)],
    }
    return render(request, "pages/reading/text.html", context)


@page("reports.view")
def figure(request: ActedRequest, number: int, start: int) -> HttpResponseBase:
    """One figure: how it was read, what it may be, the system's value beside it, its findings with their arithmetic."""
    view = _opened(request, number)
    found = next((each for each in view.reading.figures if each.start == start), None)
    if found is None:
        raise Http404
    indicators = all_indicators()
    choice = view.choices[found.index]
    about = view.reading.figures[found.attaches_to] if found.attaches_to is not None else None
    words = request.GET.get("q", "").strip()[:40]
    context = {
        "view": view,
        "figure": found,
        "value": exact(found.value, found),
        "upper": exact(found.value_max, found),
        "role": ROLE_WORDS[found.role],
        "direction": DIRECTION_WORDS.get(found.direction or "", ""),
        "modifier": MODIFIER_WORDS.get(found.modifier or "", ""),
        "about": about,
        "choice": choice,
        "indicator": indicators.get(key_of(choice.reference)) if choice.reference else None,
        "row": _row(view, row) if (row := beside_of(view, request).get(found.index)) is not None else None,
        "findings": [each for each in view.sifted.standing if any(start < found.end and end > found.start for start, end in each.spans)],
        "names": RULES,
        "searched": words,
        "found": _search(indicators, words, found.dimension),
        "may_build": request.actor.may("reports.build"),
        "in_drawer": for_drawer(request),
        "crumbs": [Crumb(_("读文稿"), "read-texts"), Crumb(view.row.name, "read-text", (view.row.pk,)), Crumb(found.text)],
    }
    return render(request, "pages/reading/figure_part.html" if for_drawer(request) else "pages/reading/figure.html", context)


def beside_of(view: Opened, request: ActedRequest) -> Mapping[int, Beside]:
    """The mapped figures beside the system's values, by index."""
    region = view.row.region_code or home_region(request.actor)
    values = system_values(view.reading, view.choices, region=region, by=request.actor, snapshot=fresh_snapshot())
    return {row.figure.index: row for row in beside_system(view.reading, values)}


def _opened(request: ActedRequest, number: int) -> Opened:
    try:
        return opened(number, by=request.actor)
    except AnjuError as error:
        if error.problems[0].code == "reading.unknown_text":
            raise Http404 from error
        raise


def _search(indicators: Mapping[str, Any], words: str, dimension: str) -> list[Any]:
    if not words:
        return []
    fitting = [each for each in indicators.values() if words in each.name and (not dimension or each.unit.dimension == dimension)]
    return sorted(fitting, key=lambda each: (len(each.name), each.key))[:MOST_FOUND]


def _row(view: Opened, row: Beside) -> dict[str, Any]:
    """A figure beside the system: printed words, the system's number and the difference in the figure's own scale."""
    gap = row.difference
    return {
        "figure": row.figure,
        "name": row.system.name,
        "system": counted(row),
        "state": row.state,
        "difference": f"{'+' if gap > 0 else '-'}{value_like(abs(gap) * row.figure.factor, row.figure)}" if gap else "",
        "reference": row.system.reference,
    }

"""What slices add to casework: panels with their own records on the page of a case, and counters of their own for their matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse
from django.utils.functional import Promise

from anju.kernel.access.actor import Actor
from anju.kernel.cases.queries import CaseView
from anju.ui.requests import ActedRequest, readable

Context = Callable[[CaseView, Actor], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the case page. `template` is included with what `context` returns (and `view`, `request`).

    `place`: `papers` on the left among the papers, `facts` under the heading, `decision` on the right above the decision.
    """

    matter: str
    title: str | Promise
    template: str
    context: Context
    place: Literal["papers", "facts", "decision"] = "papers"


_panels: dict[tuple[str, str], Panel] = {}


def add_panel(panel: Panel) -> None:
    """Show this panel on the cases of its matter; called in `apps.ready()`. The same template again replaces it."""
    _panels[(panel.matter, panel.template)] = panel


def panels_of(view: CaseView, actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """The panels of a case by place, each with `title`, `template` and the context its slice gives it."""
    found: dict[str, list[dict[str, Any]]] = {"papers": [], "facts": [], "decision": []}
    for panel in _panels.values():
        if panel.matter == view.case.matter:
            found[panel.place].append({"title": panel.title, "template": panel.template, "data": dict(panel.context(view, actor))})
    return found


_counters: dict[str, tuple[str, str]] = {}


def add_counter(matter: str, url_name: str, query: str = "") -> None:
    """This matter is received on a page of the slice, where its record is entered with it; called in `apps.ready()`."""
    _counters[matter] = (url_name, query)


def counter_of(matter: str) -> str | None:
    """The address of the slice's own counter; None where the common one receives."""
    found = _counters.get(matter)
    return reverse(found[0]) + found[1] if found else None


def papers_of(request: ActedRequest) -> tuple[str, ...]:
    """The codes of the papers a counter's form says were handed in (`ui/parts/case_papers.html`)."""
    return tuple(readable(code, 40) for code in request.POST.getlist("material")[:60])

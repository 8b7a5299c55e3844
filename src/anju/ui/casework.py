"""What slices add to the page of a case: panels with their own records, beside the papers or below the decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from anju.kernel.access.actor import Actor
from anju.kernel.cases.queries import CaseView

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

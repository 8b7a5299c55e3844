"""Desks: the working pages that slices bring to the navigation. A slice adds its own in `apps.ready()`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from anju.kernel.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Desk:
    """One line of the navigation below its area. `url_name` takes no arguments; `permission`: who sees it."""

    area: str
    label: str | Promise
    url_name: str
    icon: str
    permission: str


_desks: dict[str, Desk] = {}


def add_desks(desks: Iterable[Desk]) -> None:
    """Bring working pages to the navigation, in this order within their area; the same address again replaces the line."""
    for desk in desks:
        _desks[desk.url_name] = desk


def desks_for(actor: Actor) -> dict[str, list[Desk]]:
    """The desks this person may open, by area."""
    found: dict[str, list[Desk]] = {}
    for desk in _desks.values():
        if actor.may(desk.permission):
            found.setdefault(desk.area, []).append(desk)
    return found

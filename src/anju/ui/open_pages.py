"""The doors of the public pages: what slices offer to everybody without signing in. A slice adds its own in `apps.ready()`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Door:
    """One public service: what it is called, what it is for, and where it begins (`url_name` takes no arguments)."""

    label: str | Promise
    purpose: str | Promise
    url_name: str
    icon: str


_doors: dict[str, Door] = {}


def add_doors(doors: Iterable[Door]) -> None:
    """Offer public services, in this order; the same address again replaces the door."""
    for door in doors:
        _doors[door.url_name] = door


def all_doors() -> list[Door]:
    """Every public service."""
    return list(_doors.values())

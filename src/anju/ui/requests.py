"""What a request carries once the middleware has run."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from anju.kernel.access.actor import Actor


class ActedRequest(HttpRequest):
    """A request with the person behind it (`orgs.middleware`) and what htmx said about it."""

    actor: Actor
    htmx: HtmxDetails


def readable(text: str, longest: int) -> str:
    """What somebody wrote, stripped and cut; PostgreSQL keeps no NUL in text."""
    return text.replace("\x00", "").strip()[:longest]


def as_number(text: str) -> int | None:
    """The row number that an address or a form names; None for anything else, also for more digits than a number here has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def for_drawer(request: ActedRequest) -> bool:
    """True when only the inside of the drawer is wanted."""
    return bool(request.htmx) and request.htmx.target == "drawer-body"

"""What a request carries once the middleware has run."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from anju.kernel.orgs.actor import Actor


class ActedRequest(HttpRequest):
    """A request with the person behind it (`orgs.middleware`) and what htmx said about it."""

    actor: Actor
    htmx: HtmxDetails


def for_drawer(request: ActedRequest) -> bool:
    """True when only the inside of the drawer is wanted."""
    return bool(request.htmx) and request.htmx.target == "drawer-body"

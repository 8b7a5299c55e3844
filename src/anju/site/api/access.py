"""Who may call: a key of a member of staff, or a signed-in browser with its CSRF token."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from anju.kernel.access.actor import Actor


class Bearer(HttpBearer):
    """`Authorization: Bearer <key>`; the middleware has already turned the key into an actor."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return _signed_in(request)


class Session(SessionAuth):
    """The browser's own session; ninja checks the CSRF token of writes."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        return _signed_in(request)


def _signed_in(request: Any) -> Actor | None:
    actor: Actor = request.actor
    return actor if actor.signed_in else None


def actor_of_request(request: Any) -> Actor:
    """The actor of an authenticated call."""
    actor: Actor = request.auth
    return actor

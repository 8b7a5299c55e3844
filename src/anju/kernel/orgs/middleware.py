"""Every request acts as somebody, within that person's data scope."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.orgs.queries import actor_of
from anju.kernel.orgs.tokens import actor_of_token

_ACCOUNTS = "/accounts/"
_API = "/api/"


class ActorMiddleware:
    """Sets `request.actor` and reads the whole request within its scope; strangers see no row."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = self._actor(request)
        request.actor = actor  # type: ignore[attr-defined]
        # Signing in reads and writes accounts before it is known whose; nothing else is visible there.
        signing_in = not actor.signed_in and request.path.startswith(_ACCOUNTS)
        with using_scope(Scope.sign_in() if signing_in else actor.scope):
            return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme == "Bearer" and request.path.startswith(_API):
            # A request with a key never uses the browser's session, so no other site can make a browser send it.
            return actor_of_token(secret)
        user = getattr(request, "user", None)
        return actor_of(user) if user is not None and user.is_authenticated else Actor.stranger()

"""A session nobody uses for a while ends (GB/T 22239-2019 8.1.4.1)."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

_KEPT_SECONDS = 60
"""How stale the remembered time may be: one write a minute, not one a request."""


class IdleTimeoutMiddleware:
    """Ends the session after `ANJU_IDLE_MINUTES` without a request and leads to the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        seen = request.session.get("seen_at", now)
        if now - seen > settings.IDLE_SECONDS:
            request.ended_by = "idle"  # type: ignore[attr-defined]
            logout(request)
            return _to_sign_in(request)
        if "seen_at" not in request.session or now - seen >= _KEPT_SECONDS:
            request.session["seen_at"] = now
        return self.get_response(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A redirect would be swallowed into the fragment; this header moves the whole page.
        return HttpResponse(headers={"HX-Redirect": settings.LOGIN_URL})
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")

"""What the lockout counts by, and what a locked-out person is told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The user name of an attempt, lower case: `Wang` and `wang` are one account and one count."""
    tried = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(tried).strip().lower()


def locked_response(request: HttpRequest, original: HttpResponse | None = None, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """The page for an account that is locked for a while, status 429."""
    text = render_to_string("account/locked.html", {"minutes": settings.LOCK_MINUTES}, request=request)
    return HttpResponse(text, status=429)

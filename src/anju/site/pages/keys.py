"""接口密钥: the keys with which one's own programs act, made for oneself, shown once, revocable."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.errors import AnjuError, Problem
from anju.kernel.orgs.tokens import issue_token, own_tokens, revoke_token
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number, readable

TERMS = (30, 90, 180, 366)
"""How many days a key may last, as offered; the last is the most there is."""
LISTED = 100


@page()
def keys(request: ActedRequest) -> HttpResponseBase:
    """One's own keys; sending the form makes one, which this answer alone shows."""
    if request.method != "POST":
        return _show(request)
    name, days = readable(request.POST.get("name", ""), 60), as_number(request.POST.get("days", "")) or 0
    try:
        secret = issue_token(name=name, days=days, by=request.actor)
    except AnjuError as error:
        return _show(request, problems=error.problems)
    return _show(request, secret=secret)


@require_POST
@page()
def revoke(request: ActedRequest, number: int) -> HttpResponseBase:
    """End one of one's own keys at once; anybody else's is not there."""
    if not own_tokens(request.actor).filter(pk=number, revoked_at=None).exists():
        raise Http404
    revoke_token(number, by=request.actor)
    messages.success(request, _("密钥已停用。"))
    return redirect("keys")


def _show(request: ActedRequest, *, secret: str = "", problems: Iterable[Problem] = ()) -> HttpResponseBase:
    problems, today = tuple(problems), timezone.localdate()
    context = {
        "keys": [
            {"key": key, "state": "revoked" if key.revoked_at else "over" if key.expires_on < today else "works"}
            for key in own_tokens(request.actor)[:LISTED]
        ],
        "terms": TERMS,
        "secret": secret,
        "problems": problems,
        "asked": request.POST if problems else {},
        "crumbs": [Crumb(_("接口密钥"))],
    }
    response = render(request, "pages/keys.html", context, status=422 if problems else 200)
    response["Cache-Control"] = "no-store"
    return response

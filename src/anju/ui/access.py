"""Who may open a page: signed in, with a post, with the permission the page names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from anju.ui.requests import ActedRequest

P = ParamSpec("P")
View = Callable[Concatenate[ActedRequest, P], HttpResponseBase]


def page(permission: str = "") -> Callable[[View[P]], View[P]]:
    """A page for signed-in staff; with `permission`, only for those who hold it (Forbidden becomes the 403 page)."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: ActedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.actor.signed_in:
                return _turn_away(request)
            if permission:
                request.actor.require(permission)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def _turn_away(request: ActedRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return render(request, "ui/no_post.html", status=403)
    if request.htmx:
        answer = HttpResponse(status=401)
        answer["HX-Refresh"] = "true"
        return answer
    return redirect_to_login(request.get_full_path())

"""办件 for everybody who is not staff: follow one with its code, read what is published, object to it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anju.kernel.cases.actions.outside import object_from_outside
from anju.kernel.cases.queries.following import follow
from anju.kernel.cases.queries.published import published, published_one
from anju.kernel.errors import AnjuError
from anju.ui.requests import readable


def follow_case(request: HttpRequest) -> HttpResponse:
    """Where an application stands, for whoever has its number and code. Both are sent in the body: an address is kept in histories."""
    context: dict[str, Any] = {"asked": request.POST}
    if request.method != "POST":
        return render(request, "pages/open_follow.html", context)
    number, code = (readable(request.POST.get(name, ""), 60) for name in ("number", "code"))
    try:
        context["found"] = follow(number, code, address=_address(request))
    except AnjuError as error:
        return render(request, "pages/open_follow.html", context | {"problems": error.problems}, status=422)
    return render(request, "pages/open_follow.html", context)


def publicity(request: HttpRequest) -> HttpResponse:
    """The lists that run today."""
    lists = [
        {"bureau": bureau, "title": title, "lines": list(lines)}
        for (bureau, title), lines in groupby(published(), key=lambda line: (line.bureau, line.title))
    ]
    return render(request, "pages/open_publicity.html", {"lists": lists})


def objection(request: HttpRequest, number: int) -> HttpResponse:
    """Object to one line, in one's own name."""
    context: dict[str, Any] = {"line": published_one(number), "asked": request.POST}
    if request.method != "POST":
        return render(request, "pages/open_objection.html", context)
    name, contact, text = (readable(request.POST.get(field, ""), most) for field, most in (("name", 40), ("contact", 60), ("text", 2000)))
    try:
        object_from_outside(number, text, name=name, contact=contact, address=_address(request))
    except AnjuError as error:
        return render(request, "pages/open_objection.html", context | {"problems": error.problems}, status=422)
    return render(request, "pages/open_objection.html", context | {"done": True})


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))

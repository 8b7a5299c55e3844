"""公众服务: the first page of everybody who is not staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anju.ui.open_pages import all_doors


def open_services(request: HttpRequest) -> HttpResponse:
    """What can be looked up and done without signing in."""
    return render(request, "pages/open.html", {"doors": all_doors()})

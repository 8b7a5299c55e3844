"""What everybody may see of letting: announcements, the frozen list, the result, how to recompute it, and who waits (masked)."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from anju.domains.housing.letting import queries, verify_ballot
from anju.ui.downloads import download

TEXT = "text/plain; charset=utf-8"


def announcements(request: HttpRequest) -> HttpResponseBase:
    """Rounds of letting, newest first."""
    return render(request, "housing/open_rounds.html", {"rounds": queries.published_rounds()})


def announcement(request: HttpRequest, number: int) -> HttpResponseBase:
    """One round: its plan, the digest of the list, the result and how to check it."""
    one, pool, draw = queries.published_round(number)
    context = {"round": one, "pool": pool, "draw": draw, "places": queries.published_places(draw) if draw else []}
    return render(request, "housing/open_round.html", context)


def list_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The frozen list, to the byte."""
    one, pool, _draw = queries.published_round(number)
    if pool is None:
        raise Http404
    return download(pool.text.encode(), f"{one.round_no}-pool.txt", TEXT)


def result_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The result, to the byte."""
    one, _pool, draw = queries.published_round(number)
    if draw is None:
        raise Http404
    return download(draw.text.encode(), f"{one.round_no}-result.txt", TEXT)


def verifier(request: HttpRequest) -> HttpResponseBase:
    """The program a citizen runs."""
    return download(Path(verify_ballot.__file__).read_bytes(), "verify_ballot.py", "text/x-python; charset=utf-8")


def who_waits(request: HttpRequest) -> HttpResponseBase:
    """The waiting line, masked (GN-08)."""
    return render(request, "housing/open_line.html", {"line": queries.published_line()})

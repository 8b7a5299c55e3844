"""Refusals become pages: what is wrong, where, what to do. Nobody sees a stack trace."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from anju.kernel.errors import AnjuError, Forbidden

NOT_THERE = ("unknown", "no_record")


class ProblemMiddleware:
    """An AnjuError that a view lets through is shown as a page, or as a notice when htmx asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 for what is not permitted, 404 for what is not there (or not in scope), 422 for everything else that was refused."""
        if not isinstance(exception, AnjuError):
            return None
        if is_not_there(exception):
            raise Http404(str(exception.problems[0].what))
        status = 403 if isinstance(exception, Forbidden) else 422
        name = "ui/problems_part.html" if getattr(request, "htmx", False) else "ui/problems.html"
        return render(request, name, {"problems": exception.problems, "forbidden": status == 403}, status=status)


def is_not_there(error: AnjuError) -> bool:
    """True when every problem says that the thing asked for does not exist; out of scope is told the same way."""
    return all(problem.code.rsplit(".", 1)[-1].startswith(NOT_THERE) for problem in error.problems)

"""Seeing one personal value in full: a reason is asked for, the answer is shown once and stands in the journal."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError
from anju.kernel.privacy import revealing
from anju.site.pages.verbs import subject_label, subject_url
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, for_drawer, readable

SECONDS_SHOWN = 60


@page(revealing.PERMISSION)
def personal(request: ActedRequest, subject: str, field: str) -> HttpResponseBase:
    """Ask for the reason, then show the value: in the drawer, or as a page of its own."""
    place, masked = revealing.masked(subject, field, by=request.actor)
    reason = readable(request.POST.get("reason", ""), revealing.LONGEST_REASON + 1)
    context: dict[str, Any] = {
        "subject": subject,
        "field": field,
        "label": place.label,
        "masked": masked,
        "reason": reason,
        "longest": revealing.LONGEST_REASON,
        "seconds": SECONDS_SHOWN,
        "subject_words": subject_label(subject),
        "back": subject_url(subject),
        "crumbs": [Crumb(_("查看完整%(label)s") % {"label": place.label})],
    }
    status = 200
    if request.method == "POST":
        try:
            context["value"] = revealing.reveal(subject, field, reason=reason, by=request.actor)
        except AnjuError as error:
            context["problems"], status = error.problems, 422
    context["left"] = revealing.left_this_hour(request.actor)
    name = "pages/personal/value_part.html" if for_drawer(request) else "pages/personal/value.html"
    response = render(request, name, context, status=status)
    response["Cache-Control"] = "no-store"
    return response

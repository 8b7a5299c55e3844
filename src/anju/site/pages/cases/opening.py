"""The counter: receive an application of any matter, and hand out the receipt."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anju.kernel.cases import actions
from anju.kernel.cases.matters.catalogue import all_matters, get
from anju.kernel.cases.matters.words import APPLICANTS
from anju.kernel.errors import AnjuError
from anju.ui.access import page
from anju.ui.casework import counter_of, papers_of
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable


@page("cases.open")
def choose(request: ActedRequest) -> HttpResponseBase:
    """Which matter is applied for."""
    matters = sorted(all_matters().values(), key=lambda one: (one.slice, one.title))
    return render(request, "pages/cases/choose.html", {"matters": matters, "crumbs": [Crumb(_("收件"))]})


@page("cases.open")
def new(request: ActedRequest, matter: str) -> HttpResponseBase:
    """Receive an application: who, and which papers are there."""
    declared = get(matter)
    if (elsewhere := counter_of(matter)) is not None:
        return redirect(elsewhere)
    context = {
        "matter": declared,
        "kinds": [(kind, APPLICANTS[kind]) for kind in declared.applicants],
        "asked": request.POST,
        "chosen": papers_of(request),
        "key": request.POST.get("key") or uuid4().hex,
        "crumbs": [Crumb(_("收件"), "case-choose"), Crumb(declared.title)],
    }
    if request.method != "POST":
        return render(request, "pages/cases/new.html", context)

    def wrote(name: str, longest: int = 80) -> str:
        return readable(request.POST.get(name, ""), longest)

    applicant = actions.Applicant(wrote("name"), wrote("kind", 12), wrote("id_number", 24), wrote("phone", 20), wrote("credit_code", 24))
    try:
        case = actions.open_case(
            matter, applicant=applicant, materials=papers_of(request), by=request.actor, key=f"counter:{wrote('key', 64)}"
        )
    except AnjuError as error:
        return render(request, "pages/cases/new.html", context | {"problems": error.problems}, status=422)
    code = case.follow_code
    crumbs = [Crumb(_("收件"), "case-choose"), Crumb(case.number)]
    return render(request, "pages/cases/receipt.html", {"case": case, "matter": declared, "code": code, "crumbs": crumbs})

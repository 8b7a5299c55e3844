"""委托办理: who acts for me, for whom I act, until when."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.cases import actions
from anju.kernel.cases.models import Delegation
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Staff
from anju.site.pages.cases.lists import tabs
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number, readable

MOST = 100


@page("cases.work")
def delegations(request: ActedRequest) -> HttpResponseBase:
    """The delegations in force or to come, and the form for a new one."""
    problems: tuple[object, ...] = ()
    if request.method == "POST":
        try:
            until = datetime.date.fromisoformat(request.POST.get("ends_on", ""))
        except ValueError:
            until = datetime.date.min
        try:
            person = as_number(request.POST.get("person", "")) or 0
            actions.delegate(person, ends_on=until, reason=readable(request.POST.get("reason", ""), 200), by=request.actor)
            messages.success(request, _("已委托。"))
            return redirect("delegations")
        except AnjuError as error:
            problems = error.problems
    actor, today = request.actor, timezone.localdate()
    live = actor.scope.narrow(Delegation.objects.filter(ends_on__gte=today, revoked_on=None)).order_by("ends_on", "pk")
    people = Staff.objects.filter(bureau_id=actor.bureau_id or 0, active=True).exclude(pk=actor.staff_id or 0).order_by("name")
    context = {
        "given": list(live.filter(principal_id=actor.staff_id or 0)[:MOST]),
        "taken": list(live.filter(delegate_id=actor.staff_id or 0)[:MOST]),
        "people": [(person.pk, f"{person.name} {person.title}".strip()) for person in people[:200]],
        "tabs": tabs(actor, request.path),
        "problems": problems,
        "asked": request.POST,
        "crumbs": [Crumb(_("待办"), "tasks"), Crumb(_("委托办理"))],
    }
    return render(request, "pages/cases/delegations.html", context, status=422 if problems else 200)


@require_POST
@page("cases.work")
def revoke(request: ActedRequest, number: int) -> HttpResponseBase:
    """End a delegation."""
    actions.revoke_delegation(number, by=request.actor)
    messages.success(request, _("已撤销委托。"))
    return redirect("delegations")

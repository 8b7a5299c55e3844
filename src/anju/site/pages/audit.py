"""What the audit administrator reads: who holds which role, grants, sign-ins, exports and other acts that need watching."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.kernel.access.scope import EVERYWHERE
from anju.kernel.orgs.models import Bureau, Role, Staff
from anju.site.pages.journal import entry_line, visible_entries
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

LISTED = 50
WATCHED = (
    Q(verb__startswith="orgs.")
    | Q(verb__contains="export")
    | Q(verb__contains="reopen")
    | Q(verb__contains="void")
    | Q(verb__contains="reveal")
)


@page("journal.view")
def audit(request: ActedRequest) -> HttpResponseBase:
    """Posts and roles in scope beside the acts that need watching."""
    scope = request.actor.scope
    bureaus = Bureau.objects.all() if scope.region == EVERYWHERE else Bureau.objects.filter(region__code__startswith=scope.region or "-")
    if scope.bureau_id is not None:
        bureaus = bureaus.filter(pk=scope.bureau_id)
    staff = Staff.objects.filter(bureau__in=bureaus).select_related("bureau", "user", "region").prefetch_related("roles")
    entries = visible_entries(request.actor).filter(WATCHED).order_by("-pk")[:LISTED]
    context = {
        "staff": staff.order_by("bureau_id", "name")[:200],
        "entries": [entry_line(entry) for entry in entries],
        "duties": dict(Role.Duty.choices),
        "crumbs": [Crumb(_("审计"))],
    }
    return render(request, "pages/journal/audit.html", context)

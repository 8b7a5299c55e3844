"""One person: post and roles; granting and revoking."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.orgs import actions
from anju.kernel.orgs.models import Role, Staff, StaffRole
from anju.site.pages.people.asking import staff_or_404
from anju.site.pages.people.index import may_look
from anju.site.pages.people.words import permission_words, reach_words
from anju.ui.access import page
from anju.ui.asking import written
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest


@page()
def person(request: ActedRequest, number: int) -> HttpResponseBase:
    """The page of a person."""
    if not may_look(request.actor):
        request.actor.require("orgs.manage")
    return _show(request, staff_or_404(request, number))


@require_POST
@page("orgs.grant")
def grant(request: ActedRequest, number: int) -> HttpResponseBase:
    """Give the person a role; what stands against it is said on the same page."""
    return _change(request, number, actions.grant_role, _("已授予%(name)s“%(role)s”。"))


@require_POST
@page("orgs.grant")
def revoke(request: ActedRequest, number: int) -> HttpResponseBase:
    """Take a role back."""
    return _change(request, number, actions.revoke_role, _("已收回%(name)s的“%(role)s”。"))


def _change(request: ActedRequest, number: int, deed: Callable[..., None], words: str) -> HttpResponseBase:
    staff = staff_or_404(request, number)
    role = get_object_or_404(Role, pk=written(request, "role"))
    try:
        deed(staff, role, by=request.actor, reason=written(request, "reason"))
    except AnjuError as error:
        return _show(request, staff, error.problems)
    messages.success(request, words % {"name": staff.name, "role": role.name})
    return redirect("person", number)


def _show(request: ActedRequest, staff: Staff, problems: Iterable[Problem] = ()) -> HttpResponseBase:
    actor, problems = request.actor, tuple(problems)
    held = list(StaffRole.objects.filter(staff=staff).select_related("role").order_by("role_id"))
    codes = {one.role_id for one in held}
    own = staff.pk == actor.staff_id
    context = {
        "staff": staff,
        "own": own,
        "reach": reach_words(staff),
        "held": [
            {"held": one, "words": permission_words(one.role.permissions), "may": not own and may_give(actor, one.role)} for one in held
        ],
        "offered": [
            {"role": role, "words": permission_words(role.permissions)}
            for role in Role.objects.order_by("duty", "code")
            if role.code not in codes and may_give(actor, role)
        ],
        "may_manage": actor.may("orgs.manage") and not own and staff.active,
        "may_grant": actor.may("orgs.grant") and not own and staff.active,
        "asked": request.POST,
        "problems": problems,
        "crumbs": [Crumb(_("机构与人员"), "people"), Crumb(staff.name)],
    }
    return render(request, "pages/people/person.html", context, status=422 if problems else 200)


def may_give(actor: Actor, role: Role) -> bool:
    """Whether the actor may grant this role at all; the person's scope and other roles are judged by the action."""
    return actor.may("orgs.grant") and actor.may_grant(role.permissions) and actor.may_grant(role.passes_on)

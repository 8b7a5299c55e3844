"""Reads of regions, bureaus and staff that other code may use."""

from __future__ import annotations

from functools import cache

from django.db.models import QuerySet

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import EVERYWHERE, Scope, using_scope
from anju.kernel.database import prepared
from anju.kernel.orgs.models import Bureau, Role, Staff, User


def actor_of(user: User) -> Actor:
    """The actor a signed-in user stands for; a user without an active post is a stranger."""
    return actor_of_user(user.pk)


def actor_of_user(number: int) -> Actor:
    """The same by the number of the user. Asked at every request."""
    with using_scope(Scope.system()):
        with prepared.together():
            posts, held = prepared.ask(_post_statement(), [number]), prepared.ask(_roles_statement(), [number])
        row = posts.fetchone()
        roles = [prepared.made_of(Role, role) for role in held]
    if row is None:
        return Actor.stranger()
    staff: Staff
    staff, staff.bureau = prepared.joined((Staff, Bureau), row)
    return Actor(
        name=staff.name,
        scope=scope_of(staff),
        staff_id=staff.pk,
        bureau_id=staff.bureau_id,
        region_code=staff.bureau.region_id,
        permissions=frozenset(name for role in roles for name in role.permissions),
        passes_on=frozenset(name for role in roles for name in role.passes_on),
        roles=frozenset(role.code for role in roles),
        department_id=staff.department_id,
    )


@cache
def _post_statement() -> str:
    columns = f"{prepared.read_columns(Staff, 's')}, {prepared.read_columns(Bureau, 'b')}"
    return f"SELECT {columns} FROM orgs_staff s JOIN orgs_bureau b ON b.id = s.bureau_id WHERE s.user_id = %s AND s.active"  # noqa: S608


@cache
def _roles_statement() -> str:
    return (
        f"SELECT {prepared.read_columns(Role, 'r')} FROM orgs_staff s JOIN orgs_staffrole h ON h.staff_id = s.id"  # noqa: S608
        " JOIN orgs_role r ON r.code = h.role_id WHERE s.user_id = %s AND s.active"
    )


def scope_of(staff: Staff) -> Scope:
    """What a post sees: its own bureau, or its region and below."""
    if staff.reach == Staff.Reach.BUREAU:
        return Scope(region=staff.bureau.region_id, bureau_id=staff.bureau_id)
    return Scope(region=staff.region_id)


def bureaus_in(scope: Scope) -> QuerySet[Bureau]:
    """The bureaus of a scope, by region and code."""
    if scope.region == "":
        return Bureau.objects.none()
    rows = Bureau.objects.order_by("region_id", "code")
    if scope.region != EVERYWHERE:
        rows = rows.filter(region_id__gte=scope.region, region_id__lt=f"{scope.region}z")
    return rows if scope.bureau_id is None else rows.filter(pk=scope.bureau_id)


def staff_in(scope: Scope) -> QuerySet[Staff]:
    """The people of the bureaus of a scope, with bureau, section, sign-in and roles."""
    rows = scope.narrow(Staff.objects.select_related("bureau", "department", "region", "user"))
    return rows.prefetch_related("roles").order_by("-active", "bureau__region_id", "bureau_id", "name", "pk")

"""The first bureau of an installation and its first people, entered by the administrator at the machine. Twice is once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.orgs import actions
from anju.kernel.orgs.credentials import reset_password
from anju.kernel.orgs.models import Bureau, Department, Role, Staff
from anju.kernel.orgs.regions import find_region


@dataclass(frozen=True, slots=True)
class Founded:
    """A bureau, whether it was made now, and whether it is the installation's first."""

    bureau: Bureau
    made: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to be in post. Empty text and None leave what is there, or take the default for somebody new."""

    username: str
    name: str = ""
    title: str = ""
    department: str = ""
    roles: tuple[str, ...] = ()
    reach: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """Somebody in post: hired now or before, the roles granted now, whether the password was set now."""

    staff: Staff
    hired: bool
    granted: tuple[str, ...]
    password_set: bool


def found_bureau(*, code: str, name: str, short_name: str, region: str, by: Actor) -> Founded:
    """The bureau with this code, made when it is not there. `region`: a code or a name (`regions.find_region`).

    Raises AnjuError `setup.incomplete` when a new one lacks name or region, `setup.bureau_differs` when the existing one is another.
    """
    with using_scope(by.scope):
        there = Bureau.objects.select_related("region").filter(code=code).first()
        if there is not None:
            _require_same(there, name, region)
            return Founded(there, made=False, first=False)
        lacking = [option for option, value in (("--name", name), ("--region", region)) if not value]
        if lacking:
            raise AnjuError.of(
                "setup.incomplete", f"还没有代码为“{code}”的单位。", where="--bureau", advice=f"新建单位还要写明 {' 和 '.join(lacking)}。"
            )
        first = not Bureau.objects.exists()
        made = actions.add_bureau(code=code, name=name, short_name=short_name or name[:20], region=find_region(region), by=by)
    return Founded(made, made=True, first=first)


def put_in_post(person: Person, bureau: Bureau, *, by: Actor, password: str | None, renew: bool = False) -> Posted:
    """Hire somebody, or bring somebody already there to what is asked; all of it or nothing.

    `password`: of somebody new, and with `renew` of somebody there too; None: cannot sign in with one.
    Raises AnjuError `setup.unknown_role`, `setup.no_name`, `setup.person_differs`, and what `orgs.actions` refuse.
    """
    with using_scope(by.scope), transaction.atomic():
        roles = _roles(person.roles)
        staff = Staff.objects.select_related("bureau", "region", "user").filter(user__username__iexact=person.username).first()
        hired = staff is None
        if staff is None:
            staff = _hire(person, bureau, by, password)
        else:
            _require_this_person(staff, person, bureau)
            if person.reach not in (None, staff.reach):
                actions.move_staff(staff, by=by, reach=person.reach, region=bureau.region)
            if renew and password is not None:
                reset_password(staff, password, by=by)
        held = set(staff.roles.values_list("code", flat=True))
        missing = [role for role in roles if role.code not in held]
        for role in missing:
            actions.grant_role(staff, role, by=by)
    return Posted(staff, hired, tuple(role.name for role in missing), password is not None and (hired or renew))


def is_in_post(username: str, by: Actor) -> bool:
    """Whether somebody with this sign-in is there already."""
    with using_scope(by.scope):
        return Staff.objects.filter(user__username__iexact=username).exists()


def _hire(person: Person, bureau: Bureau, by: Actor, password: str | None) -> Staff:
    if not person.name:
        raise AnjuError.of(
            "setup.no_name", f"还没有登录名为“{person.username}”的人员。", where="--person", advice="请用 --person-name 写明姓名。"
        )
    department = Department.objects.filter(bureau=bureau, name=person.department).first() if person.department else None
    if person.department and department is None:
        department = actions.add_department(bureau=bureau, name=person.department, by=by)
    return actions.hire_staff(
        bureau=bureau,
        username=person.username,
        name=person.name,
        title=person.title,
        department=department,
        reach=person.reach or Staff.Reach.BUREAU,
        password=password,
        by=by,
    )


def _roles(codes: Sequence[str]) -> list[Role]:
    known = {role.code: role for role in Role.objects.order_by("code")}
    unknown = [code for code in codes if code not in known]
    if unknown:
        choices = "、".join(f"{role.code}（{role.name}）" for role in known.values())
        raise AnjuError.of("setup.unknown_role", f"没有角色“{'、'.join(unknown)}”。", where="--roles", advice=f"可选：{choices}。")
    return [known[code] for code in dict.fromkeys(codes)]


def _require_same(there: Bureau, name: str, region: str) -> None:
    differs = bool(name) and name != there.name
    differs = differs or (bool(region) and find_region(region).code != there.region_id)
    if differs:
        raise AnjuError.of(
            "setup.bureau_differs",
            f"代码“{there.code}”已是{there.region.name}的“{there.name}”。",
            where="--bureau",
            advice="新单位请换一个代码；给这个单位添人时不必再写名称和地区。",
        )


def _require_this_person(staff: Staff, person: Person, bureau: Bureau) -> None:
    if staff.bureau_id != bureau.pk or (person.name and person.name != staff.name):
        raise AnjuError.of(
            "setup.person_differs",
            f"登录名“{person.username}”已是{staff.bureau.name}的{staff.name}。",
            where="--person",
            advice="新的人员请换一个登录名；调动请在“机构与人员”页办理。",
        )
    if not staff.active:
        raise AnjuError.of("orgs.not_in_post", f"{staff.name}已离岗。", where="--person", advice="离岗人员重新上岗请另建登录名。")

"""Verbs of the organisation: bureaus, departments, people and what they may do.

Two rules hold for all of them: nobody gives more than they have (neither data scope nor permissions), and nobody gives to themselves.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.actions import action
from anju.kernel.orgs.bounds import beyond_scope, require_covers, require_not_self, well_formed
from anju.kernel.orgs.credentials import new_user
from anju.kernel.orgs.models import Bureau, Department, Region, Role, Staff, StaffRole, User
from anju.kernel.orgs.queries import scope_of
from anju.kernel.orgs.tokens import revoke_tokens


def add_bureau(*, code: str, name: str, short_name: str, region: Region, by: Actor, is_sample: bool = False) -> Bureau:
    """Enter an authority (单位). Needs `orgs.manage` and a scope that covers the region, not one bureau only."""
    by.require("orgs.manage")
    if by.scope.bureau_id is not None or not by.scope.covers_region(region.code):
        raise beyond_scope(f"“{region.name}”不在您的数据范围内，不能在该地区设立单位。")
    bureau = Bureau(code=code, name=name, short_name=short_name, region=region, is_sample=is_sample)
    well_formed(bureau, "code", "name", "short_name")
    with action("orgs.add_bureau", by=by, region_code=region.code) as entry:
        if Bureau.objects.filter(code=code).exists():
            raise AnjuError.of("orgs.bureau_exists", f"已有代码为“{code}”的单位。", where="代码", advice="请换一个代码。")
        bureau.save()
        entry.subject, entry.bureau_id = f"orgs_bureau:{bureau.pk}", bureau.pk
    return bureau


def add_department(*, bureau: Bureau, name: str, by: Actor) -> Department:
    """Enter a section (股室) of a bureau. Needs `orgs.manage`."""
    by.require("orgs.manage")
    require_covers(by, bureau)
    department = Department(bureau=bureau, name=name)
    well_formed(department, "name")
    with action("orgs.add_department", by=by, region_code=bureau.region_id, bureau_id=bureau.pk) as entry:
        if Department.objects.filter(bureau=bureau, name=name).exists():
            raise AnjuError.of("orgs.department_exists", f"{bureau.short_name}已有股室“{name}”。", where="名称")
        department.save()
        entry.subject = f"orgs_department:{department.pk}"
    return department


def hire_staff(
    *,
    bureau: Bureau,
    username: str,
    name: str,
    by: Actor,
    password: str | None = None,
    title: str = "",
    department: Department | None = None,
    reach: str = Staff.Reach.BUREAU,
    region: Region | None = None,
    is_sample: bool = False,
    key: str | None = None,
) -> Staff:
    """Make a sign-in and a post. Without a password nobody can sign in with one (single sign-on, or set one later).

    `region`: root of the visible subtree when `reach` is region; the bureau's own by default. Needs `orgs.manage`.
    Raises Forbidden `orgs.beyond_scope`, AnjuError `orgs.username_taken`, `orgs.weak_password`, `orgs.reach_misses_bureau`.
    """
    by.require("orgs.manage")
    require_covers(by, bureau)
    post = Staff(
        bureau=bureau, department=department, name=name, title=title, reach=reach, region=region or bureau.region, is_sample=is_sample
    )
    well_formed(post, "name", "title")
    _check_post(post, by)
    with action("orgs.hire_staff", by=by, region_code=bureau.region_id, bureau_id=bureau.pk, key=key) as entry:
        if entry.repeated:
            return Staff.objects.get(pk=entry.data["staff"])
        post.user = new_user(username, password)
        post.save()
        entry.subject, entry.data = f"orgs_staff:{post.pk}", {"staff": post.pk, "reach": post.reach, "region": post.region_id}
    return post


def move_staff(
    staff: Staff,
    *,
    by: Actor,
    bureau: Bureau | None = None,
    department: Department | None = None,
    reach: str | None = None,
    region: Region | None = None,
    title: str | None = None,
    reason: str = "",
) -> Staff:
    """Give a person another post, section, title or data scope. Another bureau ends every role and key.

    Needs `orgs.manage`.
    """
    by.require("orgs.manage")
    require_not_self(staff, by)
    require_covers(by, staff.bureau)
    elsewhere = bureau is not None and bureau.pk != staff.bureau_id
    if bureau is not None:
        require_covers(by, bureau)
        staff.bureau = bureau
    if elsewhere:
        staff.department, staff.reach, staff.region = None, Staff.Reach.BUREAU, staff.bureau.region
    staff.department = department or staff.department
    staff.title = staff.title if title is None else title
    staff.reach, staff.region = reach or staff.reach, region or staff.region
    well_formed(staff, "title")
    _check_post(staff, by)
    with action(
        "orgs.move_staff",
        by=by,
        subject=f"orgs_staff:{staff.pk}",
        reason=reason,
        region_code=staff.bureau.region_id,
        bureau_id=staff.bureau_id,
    ) as entry:
        if elsewhere:
            entry.data["ended_roles"] = sorted(staff.roles.values_list("code", flat=True))
            StaffRole.objects.filter(staff=staff).delete()
            revoke_tokens(staff)
        staff.save()
    return staff


def deactivate_staff(staff: Staff, *, by: Actor, reason: str = "") -> None:
    """End a post: the person can no longer sign in, and open sessions end with the next request. Needs `orgs.manage`."""
    by.require("orgs.manage")
    require_not_self(staff, by)
    require_covers(by, staff.bureau)
    with action(
        "orgs.deactivate_staff",
        by=by,
        subject=f"orgs_staff:{staff.pk}",
        reason=reason,
        region_code=staff.bureau.region_id,
        bureau_id=staff.bureau_id,
    ):
        StaffRole.objects.filter(staff=staff).delete()
        revoke_tokens(staff)
        staff.active = False
        staff.save(update_fields=["active"])
        with using_scope(Scope.system()):
            User.objects.filter(pk=staff.user_id).update(is_active=False)


def grant_role(staff: Staff, role: Role, *, by: Actor, reason: str = "") -> None:
    """Let a person do what the role allows. Holding it already changes nothing. Needs `orgs.grant`.

    Raises Forbidden `orgs.self_grant`, `orgs.beyond_scope`, `orgs.beyond_permissions`; AnjuError `orgs.duties_apart`, `orgs.not_in_post`.
    """
    _check_grant(staff, role, by)
    if not staff.active:
        raise AnjuError.of("orgs.not_in_post", f"{staff.name}已离岗，不能授权。")
    with action(
        "orgs.grant_role",
        by=by,
        subject=f"orgs_staff:{staff.pk}",
        reason=reason,
        data={"role": role.code},
        region_code=staff.bureau.region_id,
        bureau_id=staff.bureau_id,
    ):
        try:
            with transaction.atomic():
                StaffRole.objects.get_or_create(staff=staff, role=role, defaults={"granted_by": by.name})
        except IntegrityError as error:
            if "duties_apart" not in str(error):
                raise
            raise AnjuError.of(
                "orgs.duties_apart",
                f"不能再给{staff.name}授予“{role.name}”：系统、安全、审计管理员不得由一人兼任，审计管理员不得另有业务角色。",
                advice="请先收回原有角色，或授予他人。",
            ) from error


def revoke_role(staff: Staff, role: Role, *, by: Actor, reason: str = "") -> None:
    """Take a role back. Needs `orgs.grant`, and the same reach as granting it."""
    _check_grant(staff, role, by)
    with action(
        "orgs.revoke_role",
        by=by,
        subject=f"orgs_staff:{staff.pk}",
        reason=reason,
        data={"role": role.code},
        region_code=staff.bureau.region_id,
        bureau_id=staff.bureau_id,
    ):
        StaffRole.objects.filter(staff=staff, role=role).delete()


def _check_post(post: Staff, by: Actor) -> None:
    if not post.bureau.region_id.startswith(post.region_id):
        raise AnjuError.of(
            "orgs.reach_misses_bureau",
            f"数据范围“{post.region.name}”不包含{post.bureau.short_name}所在地区。",
            where="数据范围",
            advice="请选择单位所在地区或其上级。",
        )
    if post.department is not None and post.department.bureau_id != post.bureau_id:
        raise AnjuError.of("orgs.department_elsewhere", f"“{post.department.name}”不是{post.bureau.short_name}的股室。", where="股室")
    if not scope_of(post).within(by.scope):
        raise beyond_scope(f"要给{post.name}的数据范围超出了您自己的数据范围。")


def _check_grant(staff: Staff, role: Role, by: Actor) -> None:
    by.require("orgs.grant")
    require_not_self(staff, by)
    if not scope_of(staff).within(by.scope):
        raise beyond_scope(f"{staff.name}的数据范围超出了您自己的数据范围，不能由您授权。")
    if not by.may_grant(role.permissions) or not by.may_grant(role.passes_on):
        raise Forbidden.of(
            "orgs.beyond_permissions", f"角色“{role.name}”含有您无权授出的权限。", advice="请由上级安全管理员或系统安装人员授权。"
        )

"""Sign-ins and their passwords: made with a post, replaced when forgotten. No password stands in the journal or in a log."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from anju.kernel.access.actor import ALL_PERMISSIONS, Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden, Problem
from anju.kernel.journal.actions import action
from anju.kernel.orgs.bounds import beyond_scope, require_covers, well_formed
from anju.kernel.orgs.models import Role, Staff, User
from anju.kernel.orgs.queries import scope_of

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No l, o, i, 0 or 1: a password is read from one screen and typed at another."""


def temporary_password() -> str:
    """A password of about 79 bits in four groups of four, easy to read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def new_user(username: str, password: str | None) -> User:
    """Make a sign-in; without a password nobody can sign in with one. Raises `orgs.username_taken`, `orgs.weak_password`."""
    # The user has no post yet and so lies in no scope but the installation's; the name must be free everywhere.
    with using_scope(Scope.system()):
        user = User(username=username)
        well_formed(user, "username")
        if User.objects.filter(username__iexact=username).exists():
            raise AnjuError.of("orgs.username_taken", f"登录名“{username}”已被使用。", where="登录名", advice="请换一个登录名。")
        if password is None:
            user.set_unusable_password()
        else:
            _check_password(password, user)
            user.set_password(password)
        user.save()
    return user


def reset_password(staff: Staff, password: str, *, by: Actor, reason: str = "") -> None:
    """Give a person another password; their open sessions end with the next request. Needs `orgs.manage`.

    Nobody reaches more by it than they may already see: the person's data scope must lie within the actor's, and the passwords of the
    security and audit administrators are set at the machine only, or a system administrator could sign in as them (三员分立).
    Raises Forbidden `orgs.own_password`, `orgs.beyond_scope`, `orgs.duty_password`; AnjuError `orgs.not_in_post`, `orgs.weak_password`.
    """
    by.require("orgs.manage")
    if by.staff_id is not None and staff.pk == by.staff_id:
        raise Forbidden.of("orgs.own_password", "自己的密码不在这里设。", advice="请在右上角本人菜单中修改密码。")
    require_covers(by, staff.bureau)
    if not scope_of(staff).within(by.scope):
        raise beyond_scope(f"{staff.name}的数据范围超出了您自己的数据范围，不能由您重设密码。")
    if not staff.active:
        raise AnjuError.of("orgs.not_in_post", f"{staff.name}已离岗，不能重设密码。")
    with action(
        "orgs.reset_password",
        by=by,
        subject=f"orgs_user:{staff.user_id}",
        reason=reason,
        region_code=staff.bureau.region_id,
        bureau_id=staff.bureau_id,
    ):
        _require_no_duty(staff, by)
        user = User.objects.get(pk=staff.user_id)
        _check_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])


def _require_no_duty(staff: Staff, by: Actor) -> None:
    if not by.may(ALL_PERMISSIONS) and staff.roles.exclude(duty=Role.Duty.NONE).exists():
        raise Forbidden.of(
            "orgs.duty_password",
            f"{staff.name}是系统、安全或审计管理员，密码不能由另一位管理员在网页中重设。",
            advice="请在服务器上运行 anju setup --person 登录名 --new-password。",
        )


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AnjuError(
            [Problem(code="orgs.weak_password", where="密码", what=str(message), advice="") for message in error.messages]
        ) from error

"""What the verbs of the organisation check before they begin: whose bureau, whose post, and whether what was written can be stored."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Forbidden, Problem
from anju.kernel.orgs.models import Bureau, Staff


def beyond_scope(what: str) -> AnjuError:
    """The refusal `orgs.beyond_scope`, to be raised."""
    return Forbidden.of("orgs.beyond_scope", what, advice="请由上级管理员办理。")


def require_not_self(staff: Staff, by: Actor) -> None:
    """Raise Forbidden `orgs.self_grant` when somebody would change their own post or roles."""
    if by.staff_id is not None and staff.pk == by.staff_id:
        raise Forbidden.of("orgs.self_grant", "不能给自己授权或改变自己的岗位。", advice="请由另一位管理员办理。")


def require_covers(by: Actor, bureau: Bureau) -> None:
    """Raise Forbidden `orgs.beyond_scope` unless the bureau lies in the actor's scope."""
    if not by.scope.covers(bureau.region_id, bureau.pk):
        raise beyond_scope(f"{bureau.short_name}不在您的数据范围内。")


def well_formed(row: Model, *names: str) -> None:
    """Raise AnjuError `orgs.bad_value` naming every one of these fields that is empty, too long or of the wrong shape."""
    problems = []
    for name in names:
        field = row._meta.get_field(name)
        if not isinstance(field, Field):
            raise TypeError(f"{name} is no column")
        try:
            field.clean(getattr(row, name), row)
        except ValidationError as error:
            problems += [Problem("orgs.bad_value", str(field.verbose_name), message) for message in error.messages]
    if problems:
        raise AnjuError(problems)

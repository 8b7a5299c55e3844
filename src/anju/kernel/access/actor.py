"""Who does a thing: the `by` of every action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from anju.kernel.access.scope import Scope
from anju.kernel.errors import Forbidden, Problem

ALL_PERMISSIONS = "*"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or the system itself, with what it may do and see. `staff_id` is None for the system and for strangers.

    `roles`: codes of the roles held, `department_id` the section (股室): what steps of casework name.
    `passes_on`: permissions this actor may grant to others without holding them (a security administrator does no business of its own).
    """

    name: str
    scope: Scope
    staff_id: int | None = None
    bureau_id: int | None = None
    region_code: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)
    passes_on: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    department_id: int | None = None

    @classmethod
    def system(cls, name: str = "系统") -> Actor:
        """The installation itself: jobs and the administrator at the machine."""
        return cls(name=name, scope=Scope.system(), permissions=frozenset({ALL_PERMISSIONS}))

    @classmethod
    def stranger(cls) -> Actor:
        """Somebody who is not signed in: sees nothing, may nothing."""
        return cls(name="未登录", scope=Scope.nothing())

    @property
    def signed_in(self) -> bool:
        return self.staff_id is not None or ALL_PERMISSIONS in self.permissions

    def may(self, permission: str) -> bool:
        """True when a role of this actor holds the permission, for example `ledgers.import`."""
        return permission in self.permissions or ALL_PERMISSIONS in self.permissions

    def may_grant(self, permissions: Iterable[str]) -> bool:
        """True when every one of these permissions is held, or may be passed on, by this actor."""
        return all(self.may(permission) or permission in self.passes_on for permission in permissions)

    def require(self, permission: str) -> None:
        """Raise Forbidden unless the actor holds the permission."""
        if not self.may(permission):
            raise Forbidden(
                Problem(
                    code="orgs.forbidden",
                    where="",
                    what=f"{self.name}没有“{permission}”权限。",
                    advice="请联系本单位安全管理员授权。",
                )
            )

"""The roles that come with the product (roles.yaml), and loading them."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from anju.kernel.access.actor import Actor
from anju.kernel.journal.actions import action
from anju.kernel.orgs.models import Role


def default_roles() -> list[Role]:
    """The roles of roles.yaml, not saved."""
    declared: dict[str, dict[str, Any]] = yaml.safe_load(files("anju.kernel.orgs").joinpath("roles.yaml").read_text(encoding="utf-8"))
    return [
        Role(
            code=code,
            name=text["name"],
            permissions=text["permissions"],
            passes_on=text.get("passes_on", []),
            duty=text.get("duty", ""),
        )
        for code, text in declared.items()
    ]


def load_roles(by: Actor) -> int:
    """Bring the product's roles to what roles.yaml says, in one action; returns how many were new or changed."""
    there = {role.code: role for role in Role.objects.all()}
    changed = [role for role in default_roles() if role.code not in there or _content(role) != _content(there[role.code])]
    if not changed:
        return 0
    with action("orgs.load_roles", by=by, subject="roles:default", data={"roles": [role.code for role in changed]}):
        for role in changed:
            role.save(force_insert=role.code not in there)
    return len(changed)


def _content(role: Role) -> tuple[object, ...]:
    return role.name, role.permissions, role.passes_on, role.duty

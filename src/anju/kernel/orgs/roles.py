"""The roles that come with the product, and loading them: roles.yaml of this room, and what each slice adds in a roles.yaml of its own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from anju.kernel.access.actor import Actor
from anju.kernel.journal.actions import action
from anju.kernel.orgs.models import Role

GRANTS_BUSINESS = "security_admin"
"""Who may pass on every permission of business without holding one (安全管理员)."""


def default_roles() -> list[Role]:
    """The product's roles, not saved.

    A slice's file maps a role to permissions it adds, or a role of its own to {name, permissions}. What slices add may be passed on by
    the security administrator. Raises ValueError for a role nobody names.
    """
    declared: dict[str, dict[str, Any]] = yaml.safe_load(files("anju.kernel.orgs").joinpath("roles.yaml").read_text(encoding="utf-8"))
    for place, added in _of_slices():
        for code, text in added.items():
            permissions = text["permissions"] if isinstance(text, dict) else text
            if code not in declared and not isinstance(text, dict):
                raise ValueError(f"{place}: role {code} has no name anywhere")
            role = declared.setdefault(code, {"name": text["name"] if isinstance(text, dict) else "", "permissions": []})
            role["permissions"] = _joined(role["permissions"], permissions)
            passing = declared[GRANTS_BUSINESS]
            passing["passes_on"] = _joined(passing["passes_on"], permissions)
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


def _of_slices() -> Iterator[tuple[str, dict[str, Any]]]:
    domains = Path(__file__).parents[2] / "domains"
    for path in sorted(domains.glob("*/roles.yaml")):
        yield f"domains/{path.parent.name}/roles.yaml", yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def _joined(one: list[str], other: list[str]) -> list[str]:
    return [*one, *(each for each in other if each not in one)]


def load_roles(by: Actor) -> int:
    """Bring the product's roles to what the files say, in one action; returns how many were new or changed."""
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

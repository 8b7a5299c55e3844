"""Small verbs and looks that the journal's tests share."""

from __future__ import annotations

import datetime

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import Problem
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import Change, Entry
from anju.kernel.journal.verifying import verify
from anju.kernel.orgs.models import Region


def add_region(code: str, name: str = "示例") -> int:
    """One action with one change; returns the entry's number."""
    with action("orgs.add_region", by=Actor.system("测试"), subject=f"orgs_region:{code}") as entry:
        Region.objects.create(code=code, name=name, level=1, valid_from=datetime.date(2020, 1, 1), is_sample=True)
    return entry.number


def rename_region(code: str, name: str) -> int:
    """One action that changes one row."""
    with action("orgs.rename_region", by=Actor.system("测试"), subject=f"orgs_region:{code}") as entry:
        Region.objects.filter(code=code).update(name=name)
    return entry.number


def found() -> set[tuple[str, str]]:
    """Code and place of everything `verify` finds."""
    return {(problem.code, problem.where) for problem in verify()}


def codes(findings: list[Problem] | None = None) -> set[str]:
    """The codes of what `verify` finds."""
    return {problem.code for problem in (verify() if findings is None else findings)}


def entry_of(code: str, verb: str = "orgs.add_region") -> Entry:
    with using_scope(Scope.system()):
        return Entry.objects.get(subject=f"orgs_region:{code}", verb=verb)


def change_of(code: str, operation: str = "I") -> Change:
    with using_scope(Scope.system()):
        return Change.objects.get(table="orgs_region", row=code, operation=operation)

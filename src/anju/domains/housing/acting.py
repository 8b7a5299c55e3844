"""What every action of the slice begins with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from psycopg.sql import SQL, Identifier

from anju.domains.housing.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import OpenEntry, action

M = TypeVar("M", bound=Model)


def home_of(by: Actor) -> dict[str, Any]:
    """Bureau and region of what this person writes. Raises AnjuError `housing.no_bureau`."""
    if by.bureau_id is None or not by.region_code:
        raise AnjuError.of("housing.no_bureau", f"{by.name}不属于任何单位，不能办理。", advice="请以某个单位人员的身份办理。")
    return {"bureau_id": by.bureau_id, "region_code": by.region_code}


@contextmanager
def doing(verb: str, *, by: Actor, needs: str, **entry: Any) -> Iterator[OpenEntry]:
    """An action of the slice: needs a permission, and the database's refusals are told as a person would."""
    by.require(needs)
    with told_clearly(), action(f"housing.{verb}", by=by, **entry) as opened:
        yield opened


def held(model: type[M], number: int, by: Actor) -> M:
    """The row of this number in the actor's bureau, locked. Raises AnjuError `housing.no_such_row`."""
    rows = by.scope.narrow(model._default_manager.all()).filter(bureau_id=by.bureau_id)
    found = rows.select_for_update(of=("self",)).filter(pk=number).first()
    if found is None:
        raise AnjuError.of("housing.no_such_row", f"没有这条{model._meta.verbose_name}。", advice="它可能属于其他单位，请刷新后再办。")
    return found


def settle(*constraints: str) -> None:
    """Check deferred constraints of this transaction now, so that their refusal is told where it belongs."""
    with connection.cursor() as cursor:
        for mode in ("IMMEDIATE", "DEFERRED"):
            cursor.execute(SQL("SET CONSTRAINTS {} {}").format(SQL(", ").join(map(Identifier, constraints)), SQL(mode)))


def as_day(value: Any) -> date | None:
    """A day a step of a case wrote in its fields: ISO text, or a date already."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def subject_of(row: Model) -> str:
    """`table:number`."""
    return f"{row._meta.db_table}:{row.pk}"

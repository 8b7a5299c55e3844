"""Data scope: which regions and which bureau a reader may see, told to the database for every statement.

The base query set narrows by it (`Scope.narrow`) and PostgreSQL's row-level security does so again through two settings,
`anju.region` (a region code whose subtree is visible, `*` for all, empty for nothing) and `anju.bureau` (one bureau, empty for any).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models import Model, QuerySet

from anju.kernel.database import prepared

M = TypeVar("M", bound=Model)

EVERYWHERE = "*"
_SIGN_IN = "sign-in"


@dataclass(frozen=True, slots=True)
class Scope:
    """`region`: a region code and everything below it, `*` for all, empty for nothing.

    `bureau_id`: only this bureau's rows, None for any.
    """

    region: str = ""
    bureau_id: int | None = None

    @classmethod
    def system(cls) -> Scope:
        """Everything: jobs, migrations of data and the administrator at the machine."""
        return cls(region=EVERYWHERE)

    @classmethod
    def nothing(cls) -> Scope:
        """No row at all: the scope of somebody who is not signed in."""
        return cls()

    @classmethod
    def sign_in(cls) -> Scope:
        """No data, only the sign-ins: what it takes to find out who somebody is."""
        return cls(region=_SIGN_IN)

    def covers_region(self, region: str) -> bool:
        """True when every row of this region (and below) lies in the scope, the bureau aside."""
        return self.region == EVERYWHERE or (self.region != "" and region.startswith(self.region))

    def covers(self, region: str, bureau_id: int | None) -> bool:
        """True when a row with this region and bureau is visible."""
        return self.covers_region(region) and (self.bureau_id is None or self.bureau_id == bureau_id)

    def within(self, other: Scope) -> bool:
        """True when this scope sees nothing that `other` does not see."""
        if self.region == "":
            return True
        if self.region == EVERYWHERE and other.region != EVERYWHERE:
            return False
        return other.covers_region(self.region) and (other.bureau_id is None or other.bureau_id == self.bureau_id)

    def narrow(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Only the rows of this scope, of a model with `region_code` and `bureau_id`."""
        if self.region == "":
            return rows.none()
        if self.region != EVERYWHERE:
            # A range and not LIKE: under row-level security the planner knows nothing of LIKE and guesses one row in two hundred.
            rows = rows.filter(region_code__gte=self.region, region_code__lt=f"{self.region}z")
        return rows if self.bureau_id is None else rows.filter(bureau_id=self.bureau_id)


_SET = "SELECT set_config('anju.region', %s, false), set_config('anju.bureau', %s, false)"
_current: ContextVar[Scope | None] = ContextVar("anju_scope", default=None)


def current_scope() -> Scope:
    """The scope in force here; nothing when none was set."""
    return _current.get() or Scope.nothing()


@contextmanager
def using_scope(scope: Scope) -> Iterator[Scope]:
    """Read and write within this scope until the block ends; blocks nest."""
    before = current_scope()
    if scope == before:
        yield scope
        return
    token = _current.set(scope)
    _tell(scope)
    try:
        yield scope
    finally:
        _current.reset(token)
        _tell(before)


def _tell(scope: Scope) -> None:
    # In a transaction that must roll back no statement can run; the roll-back itself restores the settings of its beginning.
    if connection.connection is None or connection.needs_rollback or connection.connection.closed:
        return
    prepared.ask(_SET, _settings(scope))


def _settings(scope: Scope) -> list[str]:
    return [scope.region, "" if scope.bureau_id is None else str(scope.bureau_id)]


def _on_connect(sender: Any, connection: Any, **kwargs: Any) -> None:
    if connection.alias == "default":
        with connection.cursor() as cursor:
            cursor.execute(_SET, _settings(current_scope()))


def connect_signal() -> None:
    """Every new connection of the application begins with the scope in force."""
    connection_created.connect(_on_connect, dispatch_uid="anju.scope")

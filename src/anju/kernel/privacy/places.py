"""Where personal data lies encrypted: every EncryptedText of a model, and what rooms above add (declared ledgers)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps

from anju.kernel.crypto.cells import Column
from anju.kernel.crypto.fields import EncryptedText
from anju.kernel.errors import AnjuError


@dataclass(frozen=True, slots=True)
class Place:
    """One encrypted column of a table with row-level security. `permission`: what a reader of its table must hold besides."""

    table: str
    column: str
    primary_key: str
    label: str
    cell: Column
    permission: str = ""


Provider = Callable[[], Iterable[Place]]
_providers: dict[str, Provider] = {}


def add_places(name: str, provider: Provider) -> None:
    """Let a room say where it keeps encrypted columns; called in `apps.ready()`."""
    _providers[name] = provider


def remove_places(name: str) -> None:
    """Forget what `add_places` was told under this name."""
    _providers.pop(name, None)


def all_places() -> Iterator[Place]:
    """Every encrypted column of the house, by table and column."""
    found = [*_of_models(), *(place for provider in _providers.values() for place in provider())]
    yield from sorted(found, key=lambda place: (place.table, place.column))


def place_of(table: str, column: str) -> Place:
    """The place of this name. Raises AnjuError `privacy.no_such_field`."""
    for place in all_places():
        if (place.table, place.column) == (table, column):
            return place
    raise AnjuError.of("privacy.no_such_field", "没有这一项个人信息。", where=f"{table}.{column}"[:120], advice="请从页面上的“查看”进入。")


def _of_models() -> Iterator[Place]:
    for model in apps.get_models():
        meta = model._meta
        for field in meta.get_fields():
            if isinstance(field, EncryptedText):
                yield Place(meta.db_table, str(field.column), str(meta.pk.column), str(field.verbose_name), field.cell)

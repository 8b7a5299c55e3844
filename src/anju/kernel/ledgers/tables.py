"""Bring the tables of the declared ledgers up to date, as the owner of the database. Safe to run at any time and twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import connections
from psycopg.types.json import Jsonb

from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import book_views, ddl, encrypting, evolution
from anju.kernel.ledgers.catalogue import all_ledgers
from anju.kernel.ledgers.declaration import Ledger

ONE_AT_A_TIME = 7264


def _silent(line: str) -> None:
    """Say nothing."""


def sync(say: Callable[[str], None] = _silent, ledgers: Iterable[Ledger] | None = None) -> list[str]:
    """Create or extend the tables of these ledgers (all by default) and publish their declarations; returns the names changed.

    Each version is published once and never changes. Raises AnjuError `ledgers.version_published` when a published version reads
    differently now, `ledgers.version_older` when a newer one is published, `ledgers.incompatible` when records stand against it.
    Nothing is changed when it raises.
    """
    wanted = list(all_ledgers().values() if ledgers is None else ledgers)
    changed = []
    with _owner() as owner:
        owner.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        published = _published(owner)
        encrypting.encrypt_plain_columns(owner, wanted, say)
        for ledger in wanted:
            if _bring_up(owner, ledger, published.get(ledger.name), say):
                changed.append(ledger.name)
    return changed


def digest_of(declaration: dict[str, Any]) -> str:
    """SM3 of the canonical JSON, in hex."""
    digest = Hash(SM3())
    digest.update(json.dumps(declaration, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    return digest.finalize().hex()


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:
    # A connection of its own: one transaction, whatever the caller's connections are doing.
    parameters = connections["owner"].get_connection_params()
    with psycopg.connect(**parameters) as owner:
        yield owner


def _published(owner: psycopg.Connection) -> dict[str, tuple[int, str, dict[str, Any]]]:
    rows = owner.execute(
        "SELECT DISTINCT ON (ledger) ledger, version, digest, declaration::text FROM ledgers_ledgerdefinition ORDER BY ledger, version DESC"
    )
    return {ledger: (version, digest, json.loads(declaration)) for ledger, version, digest, declaration in rows}


def _bring_up(
    owner: psycopg.Connection, ledger: Ledger, latest: tuple[int, str, dict[str, Any]] | None, say: Callable[[str], None]
) -> bool:
    declaration = ledger.as_data()
    digest = digest_of(declaration)
    viewed = ledger.kept and book_views.bring_up(owner, ledger)
    if latest is not None and latest[:2] == (ledger.version, digest):
        return viewed
    if ledger.kept:
        if latest is not None:
            _require_newer(ledger, latest[0])
            _require_compatible(latest[2], ledger)
    elif latest is None:
        say(f"建立台账：{ledger.title}")
        for statement in ddl.create(ledger):
            owner.execute(statement)
    else:
        _require_newer(ledger, latest[0])
        say(f"更新台账：{ledger.title} 第{ledger.version}版")
        _evolve(owner, ledger, latest[2])
    owner.execute(
        "INSERT INTO ledgers_ledgerdefinition (ledger, version, name, declaration, digest, published_at)"
        " VALUES (%s, %s, %s, %s, %s, now())",
        [ledger.name, ledger.version, ledger.title, Jsonb(declaration), digest],
    )
    return True


def _require_newer(ledger: Ledger, published: int) -> None:
    if ledger.version == published:
        raise AnjuError.of(
            "ledgers.version_published",
            f"台账“{ledger.title}”第{published}版已经发布，声明的内容却变了。",
            where=ledger.where,
            advice=f"请把 version 改为 {published + 1}。",
        )
    if ledger.version < published:
        raise AnjuError.of(
            "ledgers.version_older",
            f"台账“{ledger.title}”已发布第{published}版，声明仍是第{ledger.version}版。",
            where=ledger.where,
            advice="请使用较新的声明。",
        )


def _require_compatible(before: dict[str, Any], ledger: Ledger) -> None:
    refused = list(evolution.refusals(before, ledger))
    if refused:
        raise AnjuError(refused)


def _evolve(owner: psycopg.Connection, ledger: Ledger, before: dict[str, Any]) -> None:
    _require_compatible(before, ledger)
    for field, statement in evolution.changes(before, ledger):
        try:
            owner.execute(statement)
        except psycopg.errors.IntegrityError as error:
            if field is None:
                raise
            raise AnjuError(evolution.in_the_way(ledger, field)) from error

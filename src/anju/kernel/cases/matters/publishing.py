"""Publish matters: each version once, with its digest and its transition table. Safe to run at any time and twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import connections

from anju.kernel.cases.matters.catalogue import all_matters
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.roads import roads
from anju.kernel.errors import AnjuError, Problem

ONE_AT_A_TIME = 7265


def _silent(line: str) -> None:
    """Say nothing."""


def digest_of(matter: Matter) -> str:
    """SM3 over the canonical JSON of name, slice, version and page, in hex. Comments and layout of the file do not matter."""
    content = [matter.name, matter.slice, matter.version, _plain(matter.page)]
    digest = Hash(SM3())
    digest.update(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    return digest.finalize().hex()


def publish(say: Callable[[str], None] = _silent, matters: Iterable[Matter] | None = None) -> list[str]:
    """Publish the versions that are new (of all matters by default); returns `name version` of each.

    Raises AnjuError `cases.version_published` with the file and line of every matter whose published version reads differently now.
    Nothing is published when it raises.
    """
    wanted = list(all_matters().values() if matters is None else matters)
    with _owner() as owner:
        owner.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        published = {(row[0], row[1]): row[2] for row in owner.execute("SELECT matter, version, digest FROM cases_matter")}
        if edited := list(edited_versions(wanted, published)):
            raise AnjuError(edited)
        fresh = [matter for matter in wanted if (matter.name, matter.version) not in published]
        for matter in fresh:
            say(f"发布事项：{matter.title} {matter.version}")
            _insert(owner, matter)
    return [f"{matter.name} {matter.version}" for matter in fresh]


def edited_versions(matters: Iterable[Matter], published: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """A problem for every matter that reads differently than the version it says it is (`published`: name and version to digest)."""
    for matter in matters:
        digest = published.get((matter.name, matter.version))
        if digest is not None and digest != digest_of(matter):
            yield Problem(
                "cases.version_published",
                matter.lines.get((matter.name, "version"), matter.where),
                f"事项“{matter.title}”{matter.version}版已经发布，声明的内容却变了。",
                "已发布的版本不能改；请写新的 version，办理中的案件仍按原版本办。",
            )


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:
    # A connection of its own: one transaction, whatever the caller's connections are doing.
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        yield owner


def _insert(owner: psycopg.Connection, matter: Matter) -> None:
    row = owner.execute(
        "INSERT INTO cases_matter (matter, version, title, slice, page, digest, published_at) VALUES (%s, %s, %s, %s, %s, %s, now())"
        " RETURNING id",
        [matter.name, matter.version, matter.title, matter.slice, json.dumps(_plain(matter.page), ensure_ascii=False), digest_of(matter)],
    ).fetchone()
    assert row is not None
    with owner.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO cases_road (matter_version_id, from_state, from_stage, to_state, to_stage) VALUES (%s, %s, %s, %s, %s)",
            [(row[0], *road) for road in sorted(roads(matter))],
        )


def _plain(page: Any) -> Any:
    """The page as JSON data: mappings and lists all the way down."""
    return json.loads(json.dumps(page, ensure_ascii=False, default=dict))

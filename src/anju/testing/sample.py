"""The sample bureau's books, imported once a run; every test that asks gets a copy of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from anju.kernel.access.actor import Actor
from anju.testing.plugin import ADMIN_URL, TEMPLATE, drop, point_at

SAMPLE = "anju_sample_template"
ALL_BUREAUS = "anju_all_bureaus_template"
PASSWORD = "云川-Kx7-练习用口令"
"""The password of the sample's sign-in `demo`."""
_LOCK = 7262103
_refused: dict[str, Exception] = {}
"""Why the books could not be imported: said again to every test that asks, instead of trying for each."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A loaded sample city: `by` is its people's demo user, `system` the installation."""

    database: str
    by: Actor
    system: Actor


def ensure_sample(folder: Path, template: str = SAMPLE) -> None:
    """Make the template database with the imported books unless another worker has; ALL_BUREAUS holds those of every sample bureau."""
    if template in _refused:
        raise _refused[template]
    with psycopg.connect(os.environ[ADMIN_URL], autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        done = admin.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", (template,)).fetchone()
        if done is not None and done[0]:
            return
        drop(template)
        _copy(TEMPLATE, template)
        point_at(template)
        from anju.site.demo import load

        try:
            load(by=Actor.system("示例"), password=PASSWORD, folder=folder, others=template == ALL_BUREAUS)
        except Exception as refusal:
            _refused[template] = refusal
            raise
        finally:
            point_at("postgres")
        admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(template)))


def _copy(source: str, name: str) -> None:
    with psycopg.connect(os.environ[ADMIN_URL], autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER anju_owner TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )


def _borrowed(folder: Path, blocker: pytest.FixtureRequest, template: str = SAMPLE) -> Iterator[Sample]:
    from django.db import connections

    before = connections["default"].settings_dict["NAME"]
    name = f"anju_sample_{uuid4().hex[:12]}"
    with blocker.unblock():  # type: ignore[attr-defined]
        ensure_sample(folder, template)
        _copy(template, name)
        point_at(name)
        try:
            from anju.kernel.access.scope import Scope, using_scope
            from anju.kernel.orgs.models import User
            from anju.kernel.orgs.queries import actor_of

            with using_scope(Scope.system()):
                person = actor_of(User.objects.get(username="demo"))
            yield Sample(name, person, Actor.system("测试"))
        finally:
            point_at(before)
            drop(name)


@pytest.fixture
def sample_county(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    """The sample city with all books imported, for this test alone; commits are real."""
    yield from _borrowed(tmp_path_factory.mktemp("books"), django_db_blocker)


@pytest.fixture(scope="module")
def sample_county_to_read(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    """The same for all tests of a module, which must only read. Do not mix with fixtures of other databases in one module."""
    yield from _borrowed(tmp_path_factory.mktemp("books"), django_db_blocker)


@pytest.fixture(scope="module")
def every_bureau_to_read(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    """The books of every sample bureau, those of the district, the county and the two cities too; only to read."""
    yield from _borrowed(tmp_path_factory.mktemp("books"), django_db_blocker, ALL_BUREAUS)

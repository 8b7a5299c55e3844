"""Fixtures that give tests a database of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

from anju.testing.plugin import clone, drop, ensure_template, point_at


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Replaces pytest-django's: the application role may not create databases, and ours come from a template."""
    name = f"anju_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        ensure_template()
        clone(name)
        point_at(name)
        yield
        point_at("postgres")
        drop(name)


@pytest.fixture
def fresh_db(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this test alone, for tests that must commit, run several sessions or kill a process. Yields its name."""
    from django.db import connections

    before = connections["default"].settings_dict["NAME"]
    name = f"anju_fresh_{uuid4().hex[:12]}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        clone(name)
        point_at(name)
        try:
            yield name
        finally:
            point_at(before)
            drop(name)

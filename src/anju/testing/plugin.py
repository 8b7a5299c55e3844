"""The pytest plug-in: one embedded server for the run, one migrated template database, a clone of it for every worker.

Loaded with `-p anju.testing.plugin`, before Django's settings, because the settings read the addresses published here.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

TEMPLATE = "anju_test_template"
ADMIN_URL = "ANJU_TEST_ADMIN_URL"


def _start() -> None:
    """In the controller (or a run without workers): a server of its own under a folder that goes away with the run."""
    if ADMIN_URL in os.environ:
        return
    home = Path(tempfile.mkdtemp(prefix="anju-test-"))
    os.environ["ANJU_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.site.settings")
    # Registered before the server's own handler, so it runs after the server has stopped.
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    from anju.kernel.database.server import ensure_running

    addresses = ensure_running(home)
    os.environ[ADMIN_URL] = addresses.admin
    with psycopg.connect(addresses.admin, autocommit=True) as admin:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            admin.execute("ALTER SYSTEM SET " + setting)
        admin.execute("SELECT pg_reload_conf()")


_start()


def _admin() -> psycopg.Connection:
    return psycopg.connect(os.environ[ADMIN_URL], autocommit=True)


def point_at(database: str) -> None:
    from django.db import connections

    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = database


def clone(name: str) -> None:
    with _admin() as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER anju_owner TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )


def drop(name: str) -> None:
    with _admin() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def ensure_template() -> None:
    from anju.kernel.database import roles
    from anju.kernel.database.server import OWNER_URL
    from anju.site.installation import bring_up_to_date

    with _admin() as admin:
        admin.execute("SELECT pg_advisory_lock(7262102)")
        done = admin.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", (TEMPLATE,)).fetchone()
        if done is not None and done[0]:
            return
        drop(TEMPLATE)
        roles.ensure_database(admin, TEMPLATE)
        point_at(TEMPLATE)
        from django.db import connections

        with psycopg.connect(make_conninfo(os.environ[ADMIN_URL], dbname=TEMPLATE), autocommit=True) as inside:
            roles.open_schema(inside)
        with psycopg.connect(make_conninfo(os.environ[OWNER_URL], dbname=TEMPLATE), autocommit=True) as owner:
            roles.grant_app(owner)
        bring_up_to_date()
        for alias in ("default", "owner"):
            connections[alias].close()
        admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(TEMPLATE)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked `shared` is skipped where the clone stands alone."""
    from anju.testing.shared import FOLDER

    if item.get_closest_marker("shared") and not FOLDER.is_dir():
        pytest.skip("no reference material beside the project")

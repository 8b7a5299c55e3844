"""The two roles of a database: `anju_owner` owns every table and runs migrations, `anju_app` owns nothing and obeys row-level security."""

from __future__ import annotations

import psycopg
from psycopg import sql

OWNER = "anju_owner"
APP = "anju_app"
DATABASE = "anju"


def ensure_roles(admin: psycopg.Connection, passwords: dict[str, str]) -> None:
    """Create or repair the roles (name -> password). `admin` is an autocommit connection that may create roles."""
    for role, password in passwords.items():
        exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
        verb = "ALTER" if exists else "CREATE"
        admin.execute(sql.SQL(verb + " ROLE {} WITH LOGIN NOCREATEROLE PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))
    # Whoever prepares the database must be able to hand it to the owner.
    if not admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]:  # type: ignore[index]
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))


def ensure_database(admin: psycopg.Connection, name: str = DATABASE) -> bool:
    """Create the database owned by `anju_owner` when missing; true when it was created."""
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
        return False
    admin.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name), sql.Identifier(OWNER))
    )
    return True


def open_schema(admin: psycopg.Connection) -> None:
    """Let the owner make tables in `public` and nobody else. `admin` is connected to the database itself and owns it or the server."""
    admin.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    admin.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(sql.Identifier(OWNER)))
    admin.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(APP)))


def grant_app(owner: psycopg.Connection) -> None:
    """Let the application role use what the owner makes. `owner` is connected as `anju_owner` to the database itself."""
    app, own = sql.Identifier(APP), sql.Identifier(OWNER)
    for objects, rights in (("TABLES", "SELECT, INSERT, UPDATE, DELETE"), ("SEQUENCES", "USAGE, SELECT")):
        owner.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT {} ON {} TO {}").format(
                own, sql.SQL(rights), sql.SQL(objects), app
            )
        )

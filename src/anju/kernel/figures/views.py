"""Keep the database's fact views equal to the declared facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connections, transaction
from psycopg import sql

from anju.kernel.figures.facts import Fact, Source, all_facts


def _silent(line: str) -> None:
    """Say nothing."""


def sync_views(say: Callable[[str], None] = _silent) -> None:
    """Create or replace `fact_<name>` for every fact, as the owner; views of facts that are gone are dropped. Safe to run twice.

    The views are security invokers: whoever reads them sees the rows the policies of the tables let them see.
    """
    say("建立事实视图")
    sync(list(all_facts().values()), others="drop")


def sync(facts: list[Fact], *, others: str = "keep") -> None:
    """Make the views of these facts; `others="drop"` removes every other fact view."""
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7262104)")
        existing = _existing(cursor)
        wanted = {fact.view: fact for fact in facts}
        for name in existing:
            if name not in wanted and others == "drop":
                cursor.execute(sql.SQL("DROP VIEW {}").format(sql.Identifier(name)))
        for name, fact in wanted.items():
            if existing.get(name) == _mark(fact):
                continue
            # Columns may not change their type or leave in a replaced view, so it is made anew.
            cursor.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(sql.Identifier(name)))
            cursor.execute(definition(fact))
            cursor.execute(sql.SQL("COMMENT ON VIEW {} IS {}").format(sql.Identifier(name), sql.Literal(_mark(fact))))


def definition(fact: Fact) -> sql.Composed:
    """CREATE VIEW of a fact over its sources."""
    parts = sql.SQL(" UNION ALL ").join(select(fact, source) for source in fact.sources)
    return sql.SQL("CREATE VIEW {} WITH (security_invoker = true) AS {}").format(sql.Identifier(fact.view), parts)


def select(fact: Fact, source: Source) -> sql.Composed:
    """The rows one source gives to its fact.

    Text is compared byte by byte (COLLATE "C") whatever the database's own collation, as the other engine does.
    """
    columns = [
        sql.SQL('{}::text COLLATE "C" AS record_table').format(sql.Literal(source.table)),
        sql.SQL("id AS record_id"),
        sql.SQL('region_code::text COLLATE "C" AS region_code'),
        sql.SQL("bureau_id::bigint AS bureau_id"),
    ]
    for name, column in fact.columns.items():
        expression = sql.SQL(source.expressions[name])
        template = '({})::text COLLATE "C" AS {}' if column.kind == "string" else "{} AS {}"
        columns.append(sql.SQL(template).format(expression, sql.Identifier(name)))
    rows = sql.Identifier(source.rows or source.table)
    return sql.SQL("SELECT {} FROM {} WHERE {}").format(sql.SQL(", ").join(columns), rows, sql.SQL(source.live))


def _mark(fact: Fact) -> str:
    return f"{fact.title} [{fact.fingerprint}]"


def _existing(cursor: Any) -> dict[str, str]:
    cursor.execute(
        "SELECT relname, coalesce(obj_description(oid, 'pg_class'), '') FROM pg_class"
        " WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace AND starts_with(relname, 'fact_')"
    )
    return dict(cursor.fetchall())

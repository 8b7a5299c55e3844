"""Migration operations for what Django's schema editor does not know: SQL files, row-level security, journal triggers."""

from __future__ import annotations

from pathlib import Path

from django.db.migrations import RunSQL


def sql_file(path: Path) -> RunSQL:
    """Run a SQL file kept beside the migration; it cannot be undone."""
    return RunSQL(path.read_text(encoding="utf-8"), reverse_sql=RunSQL.noop)


def protect(*tables: str) -> RunSQL:
    """Row-level security by `region_code` and `bureau_id` for these tables (function `anju_protect` of the orgs room)."""
    return RunSQL([f"SELECT anju_protect('{table}')" for table in tables], reverse_sql=RunSQL.noop)


def track(*tables: str, hidden: tuple[str, ...] = ()) -> RunSQL:
    """Row images of every change to these tables go to the journal; `hidden` columns never enter an image."""
    columns = "{" + ",".join(hidden) + "}"
    return RunSQL([f"SELECT journal_track('{table}', '{columns}')" for table in tables], reverse_sql=RunSQL.noop)

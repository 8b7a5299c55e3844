"""Changes and entries belong together: every change to one action, in that action's transaction."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from anju.kernel.journal.findings import LIMIT, Findings

_LOOSE = """
    SELECT c.id, c.what, c."table", c.row, c.entry_id, e.id IS NULL, c.transaction
    FROM (
        SELECT id, '变更' AS what, "table", row, entry_id, transaction FROM journal_change
        UNION ALL
        SELECT id, '批量新增', "table", row_first || '至' || row_last, entry_id, transaction FROM journal_bulk
    ) c LEFT JOIN journal_entry e ON e.id = c.entry_id
    WHERE e.id IS NULL OR e.transaction <> c.transaction
    ORDER BY c.id LIMIT %s
"""
_ORPHANS = """
    SELECT e.id, e.verb, e.parent_id FROM journal_entry e LEFT JOIN journal_entry p ON p.id = e.parent_id
    WHERE e.parent_id IS NOT NULL AND (p.id IS NULL OR p.transaction <> e.transaction)
    ORDER BY e.id LIMIT %s
"""


def check_ties(findings: Findings, progress: Callable[[str], None]) -> None:
    """Changes without an entry, with an entry that does not exist, or of another transaction; steps without their action."""
    progress("变更与动作的对应关系")
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE, [3 * LIMIT])
        for number, kind, table, row, entry, missing, transaction in cursor.fetchall():
            where = f"{kind} {number}（{table}:{row}）"
            if entry is None:
                findings.add("change_without_entry", where, f"{table} 的第 {row} 行在动作之外被改动（事务 {transaction}）。")
            elif missing:
                findings.add("entry_missing", where, f"所属的动作 {entry} 不存在。")
            else:
                findings.add("transaction_differs", where, f"与所属的动作 {entry} 不在同一事务。")
        cursor.execute(_ORPHANS, [LIMIT])
        for number, verb, parent in cursor.fetchall():
            findings.add("entry_missing", f"动作 {number}（{verb}）", f"上级动作 {parent} 不存在，或不在同一事务。")

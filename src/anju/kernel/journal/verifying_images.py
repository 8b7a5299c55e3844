"""Current rows against their last image, and each image against the one before it, one tracked table at a time."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from psycopg import sql

from anju.kernel.journal.findings import LIMIT, Findings
from anju.kernel.journal.models import Tracked

# The two sides meet by primary key as text. Images that are equal are dropped before their columns are looked at one by one.
# A row's last image lies in a line of its own or, for a row inserted with many others, in a chunk.
_ROWS = """
    WITH newest AS (
        SELECT row, max(id) AS id
        FROM (
            SELECT row, id FROM journal_change WHERE "table" = %(table)s
            UNION ALL
            SELECT number, b.id FROM journal_bulk b, json_array_elements_text(b.images::json -> b.primary_key) number
            WHERE b."table" = %(table)s
        ) journaled GROUP BY row
    ), last AS (
        SELECT c.row, c.after FROM journal_change c JOIN newest n ON n.id = c.id
        UNION ALL
        SELECT b.row, b.after FROM journal_bulk_row b JOIN newest n ON n.id = b.id AND n.row = b.row WHERE b."table" = %(table)s
    ), now AS (
        SELECT t.{key}::text AS row, to_jsonb(t) - %(hidden)s::text[] AS image FROM {table} t
    )
    SELECT coalesce(now.row, last.row), last.row IS NULL, now.row IS NULL, last.after IS NULL,
           journal_differing(last.after, now.image)
    FROM now FULL JOIN last ON last.row = now.row
    WHERE now.image IS DISTINCT FROM last.after
      AND (now.row IS NULL OR last.after IS NULL OR journal_differing(last.after, now.image) <> '{{}}')
    ORDER BY 1 LIMIT %(limit)s
"""
# Numbers first, images only where there is a pair to compare: a first image of a new row is the common case.
_GAPS = """
    WITH journaled AS (
        SELECT id, "table", row, operation, false AS bulk FROM journal_change
        UNION ALL
        SELECT b.id, b."table", number, 'I', true FROM journal_bulk b, json_array_elements_text(b.images::json -> b.primary_key) number
    ), chain AS (
        SELECT *, lag(id) OVER earlier AS earlier_id, lag(bulk) OVER earlier AS earlier_bulk
        FROM journaled WINDOW earlier AS (PARTITION BY "table", row ORDER BY id)
    ), pairs AS MATERIALIZED (
        SELECT * FROM chain WHERE earlier_id IS NOT NULL OR operation <> 'I'
    ), images AS (
        SELECT p.id, p."table", p.row, p.bulk, c.before,
               CASE WHEN p.earlier_bulk THEN b.after ELSE e.after END AS after
        FROM pairs p
        LEFT JOIN journal_change c ON c.id = p.id AND NOT p.bulk
        LEFT JOIN journal_change e ON e.id = p.earlier_id AND NOT p.earlier_bulk
        LEFT JOIN (SELECT id, row, after FROM journal_bulk_row WHERE id IN (SELECT earlier_id FROM pairs WHERE earlier_bulk)) b
               ON b.id = p.earlier_id AND b.row = p.row AND p.earlier_bulk
    )
    SELECT id, "table", row, bulk, after IS NULL, before IS NULL, journal_differing(after, before)
    FROM images
    WHERE before IS DISTINCT FROM after AND (before IS NULL OR after IS NULL OR journal_differing(after, before) <> '{}')
    ORDER BY id, row LIMIT %(limit)s
"""
_TRIGGERS = """
    SELECT wanted FROM unnest(%s::text[]) wanted
    WHERE NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgname = wanted AND tgenabled IN ('O', 'A'))
"""
_IMAGE_TRIGGERS = ["journal_insert", "journal_update", "journal_delete", "journal_truncate"]
_APPEND_ONLY = ("journal_entry", "journal_change", "journal_bulk", "journal_block")


def check_images(findings: Findings, progress: Callable[[str], None]) -> None:
    """Every tracked table, and the triggers that keep the journal."""
    for table in _APPEND_ONLY:
        _check_triggers(findings, table, ["append_only"])
    for tracked in Tracked.objects.order_by("table"):
        progress(f"核对 {tracked.table}")
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NULL", [tracked.table])
            if cursor.fetchone()[0]:
                findings.add("table_missing", tracked.table, "登记在日志中的表不存在。")
                continue
        _check_triggers(findings, tracked.table, _IMAGE_TRIGGERS)
        _check_rows(findings, tracked)
    progress("核对前后记载是否相接")
    _check_gaps(findings)


def _check_triggers(findings: Findings, table: str, wanted: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS, [wanted, table])
        for (name,) in cursor.fetchall():
            findings.add("trigger_missing", table, f"触发器 {name} 不存在或已停用，此后的改动没有日志。")


def _check_rows(findings: Findings, tracked: Tracked) -> None:
    query = sql.SQL(_ROWS).format(key=sql.Identifier(tracked.primary_key), table=sql.Identifier(tracked.table))
    with connection.cursor() as cursor:
        cursor.execute(query, {"table": tracked.table, "hidden": tracked.hidden, "limit": LIMIT + 1})
        for row, imageless, gone, deleted, columns in cursor.fetchall():
            where = f"{tracked.table}:{row}"
            if imageless:
                findings.add("row_without_image", where, "现有记录在日志中没有来历。")
            elif gone:
                findings.add("row_vanished", where, "日志中仍在的记录，表中已没有。")
            elif deleted:
                findings.add("row_should_be_gone", where, "日志记载已删除的记录，表中仍有。")
            else:
                findings.add("row_differs", where, f"与日志最后一次记载不符，不同的列：{'、'.join(columns)}。")


def _check_gaps(findings: Findings) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_GAPS, {"limit": LIMIT + 1})
        for number, table, row, bulk, no_earlier, no_before, columns in cursor.fetchall():
            if no_before:
                what = "记为新增，但此前该行已存在。"
            elif no_earlier:
                what = "改动了一行日志中不存在的记录。"
            else:
                what = f"改动前的内容与上一次记载不符，不同的列：{'、'.join(columns)}。"
            findings.add("image_gap", f"{'批量新增' if bulk else '变更'} {number}（{table}:{row}）", what)

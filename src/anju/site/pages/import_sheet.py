"""The sheet of a batch as it looks: every row with its state, columns with what they are read as, wrong cells with the advice."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anju.kernel.ledgers import imports
from anju.kernel.ledgers.catalogue import Field, Ledger
from anju.kernel.ledgers.models import ImportBatch

ROWS = 60
ISSUES_SHOWN = 30
VIEWS: dict[str, str | Promise] = {
    "": _("整张表"),
    "wrong": _("有错的"),
    "to_confirm": _("待确认的"),
    "already": _("已有的"),
    "ready": _("可导入的"),
}


def sheet_context(batch: ImportBatch, ledger: Ledger, asked: QueryDict) -> dict[str, Any]:
    """What the page shows of the sheet. Opens on the rows that need a person, when there are any."""
    chosen = asked.get("only")
    only = chosen if chosen in VIEWS else ("wrong" if batch.wrong else "")
    wanted = asked.get("offset", "")
    offset = int(wanted) if wanted.isdigit() else 0
    rows = imports.preview(batch, offset, ROWS, only=only or None)
    found = imports.issues(batch, 0, ISSUES_SHOWN)
    return {
        "views": [(name, label, _count(batch, name), name == only) for name, label in VIEWS.items() if _count(batch, name) or name == only],
        "only": only,
        "rows": rows,
        "columns": _columns(batch, ledger, rows),
        "fields": ledger.fields,
        "issues": found,
        "sheet_issues": [issue for issue in found if issue.row <= batch.header_row or issue.level == "block"],
        "missing_fields": missing_fields(batch, ledger),
        "offset": offset,
        "next_offset": offset + ROWS if len(rows) == ROWS else None,
        "earlier_offset": max(0, offset - ROWS) if offset else None,
    }


def missing_fields(batch: ImportBatch, ledger: Ledger) -> list[Field]:
    """Fields no column is read as."""
    read = set(batch.mapping.values())
    return [field for field in ledger.fields if field.name not in read]


def _count(batch: ImportBatch, view: str) -> int:
    counts = {"": batch.rows, "wrong": batch.wrong, "to_confirm": batch.to_confirm, "already": batch.already, "ready": batch.ready}
    return counts[view]


def _columns(batch: ImportBatch, ledger: Ledger, rows: list[imports.PreviewRow]) -> list[dict[str, Any]]:
    known = {column["letter"]: column for column in batch.columns}
    letters = [cell.column for cell in rows[0].cells] if rows else list(known)
    return [
        {"letter": letter, "label": known.get(letter, {}).get("label", ""), "field": batch.mapping.get(letter), "open": letter in known}
        for letter in letters
    ]

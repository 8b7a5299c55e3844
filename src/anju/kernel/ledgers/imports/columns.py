"""What a ledger looks for in a workbook, and what a bureau has taught us about its layouts."""

from __future__ import annotations

from typing import Any

from anju.kernel.ledgers.batches import ColumnMapping
from anju.kernel.ledgers.declaration import NUMBER_TYPES, Ledger
from anju.kernel.ledgers.imports.storage import digest_of_text
from anju.kernel.ledgers.workbook import Wanted
from anju.kernel.ledgers.workbook.headers import Header
from anju.kernel.ledgers.workbook.labels import readings

REMEMBERED_LIMIT = 500


def wanted(ledger: Ledger) -> list[Wanted]:
    """The columns of this ledger; attachments cannot come from a cell."""
    return [
        Wanted(
            name=one.name,
            labels=(one.label, *one.also),
            unit=one.unit,
            number=one.type in NUMBER_TYPES,
            required=one.required,
        )
        for one in ledger.fields
        if one.type != "file"
    ]


def remembered(ledger: Ledger, bureau_id: int) -> dict[str, dict[str, str | None]]:
    """The mappings this bureau confirmed for this ledger, by header signature; the newest layouts only."""
    rows = ColumnMapping.objects.filter(ledger=ledger.name, bureau_id=bureau_id).order_by("-used_at")[:REMEMBERED_LIMIT]
    known = {one.name for one in ledger.fields}
    return {row.signature: {at: name for at, name in row.mapping.items() if name is None or name in known} for row in rows}


def remember(ledger: Ledger, signature: str, mapping: dict[str, str | None], *, region_code: str, bureau_id: int) -> None:
    """Keep a confirmed mapping for the next workbook of this layout. Call inside an action."""
    known = ColumnMapping.objects.filter(ledger=ledger.name, bureau_id=bureau_id, signature_digest=digest_of_text(signature)).first()
    if known is not None and known.mapping == mapping:
        return
    ColumnMapping.objects.update_or_create(
        ledger=ledger.name,
        bureau_id=bureau_id,
        signature_digest=digest_of_text(signature),
        defaults={"region_code": region_code, "signature": signature, "mapping": mapping},
    )


def described(header: Header, ledger: Ledger) -> list[dict[str, Any]]:
    """The columns of a header as the pages show them: letter, label, unit, field, its label, score and how it was found."""
    columns = []
    for column in header.columns:
        if not column.parts:
            continue
        match = column.match
        columns.append(
            {
                "letter": column.letter,
                "label": column.label,
                "unit": column.unit.name if column.unit else "",
                "unit_in_label": any(reading.unit is not None for reading in readings(column.label)),
                "field": match.name if match else None,
                "field_label": ledger.field(match.name).label if match else "",
                "score": round(match.score * 100) if match else 0,
                "how": match.how if match else "",
            }
        )
    return columns


def mapping_of(header: Header) -> dict[str, str | None]:
    """Letter to field name for every labelled column, None where it is not read."""
    return {column.letter: column.match.name if column.match else None for column in header.columns if column.parts}

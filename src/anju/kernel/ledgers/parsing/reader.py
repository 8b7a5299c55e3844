"""The one definition of what a cell of a field means."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from anju.kernel.ledgers.declaration import NUMBER_TYPES, Field
from anju.kernel.ledgers.parsing.cells import Fault, Refused
from anju.kernel.ledgers.parsing.dates import read_date, read_month
from anju.kernel.ledgers.parsing.numbers import read_number
from anju.kernel.ledgers.parsing.words import read_attachment, read_choice, read_code, read_organisation, read_region, read_text

OFFICE = ZoneInfo("Asia/Shanghai")


def today() -> datetime.date:
    """The calendar day at the office."""
    return datetime.datetime.now(OFFICE).date()


def read_cell(field: Field, raw: Any, unit: str = "") -> tuple[Any, Fault | None]:
    """The typed value of one cell (None when empty) and what is wrong with it, if anything. Never raises for a bad cell."""
    try:
        if field.type in NUMBER_TYPES:
            return read_number(field, raw, unit), None
        match field.type:
            case "date":
                return read_date(raw), None
            case "month":
                return read_month(raw), None
            case "choice":
                return read_choice(field, raw), None
            case "text":
                return read_text(field, raw), None
            case "organisation":
                return read_organisation(field, raw), None
            case "region":
                return read_region(field, raw), None
            case "file":
                return read_attachment(field, raw), None
            case "reference":
                return read_cell(target_key(field), raw)
        return read_code(field, raw, today())
    except Refused as refusal:
        return None, refusal.fault


def target_key(field: Field) -> Field:
    """The key field of the ledger that a reference names its record by."""
    from anju.kernel.ledgers import catalogue

    target = catalogue.get(field.reference)
    return target.field(target.key[0])

"""The fields a step asks for besides its decision: read from what was written, kept as JSON, shown again. Types are those of ledgers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from anju.kernel.cases.matters.declaration import FormField, Step
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.ledgers.declaration import Field, FieldType
from anju.kernel.ledgers.values import parse_value, show

YES = {"on", "true", "1", "yes", "是"}


def as_ledger_field(one: FormField) -> Field:
    """The ledger field of the same meaning; a flag is a choice of yes and no."""
    if one.type == "flag":
        return Field(one.name, one.label, "choice", choices={"yes": "是", "no": "否"})
    unit = {"money": "元", "area": "㎡"}.get(one.type, "")
    longest = Decimal(500) if one.type == "text" else None
    return Field(one.name, one.label, cast(FieldType, one.type), required=one.required, choices=dict(one.choices), unit=unit, max=longest)


def read_fields(step: Step, written: Mapping[str, Any], *, complete: bool) -> dict[str, Any]:
    """The fields of a step as JSON data: fen for money, text for decimals and dates.

    `complete`: required fields must be there. Raises AnjuError with every problem (`cases.field_missing`, `cases.bad_field`).
    """
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for one in step.fields:
        raw = written.get(one.name)
        if one.type == "flag":
            found[one.name] = raw is True or str(raw or "").lower() in YES
            continue
        try:
            value = parse_value(as_ledger_field(one), raw)
        except AnjuError as error:
            problems += [Problem("cases.bad_field", one.label, problem.what, problem.advice) for problem in error.problems]
            continue
        if value is None:
            if one.required and complete:
                problems.append(Problem("cases.field_missing", one.label, f"请填写“{one.label}”。"))
            continue
        found[one.name] = value.isoformat() if isinstance(value, datetime.date) else str(value) if isinstance(value, Decimal) else value
    if problems:
        raise AnjuError(problems)
    return found


def shown(step: Step, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(label, text) of the fields that were filled in."""
    for one in step.fields:
        value = data.get(one.name)
        if value is None or value == "":
            continue
        if one.type == "flag":
            yield one.label, "是" if value else "否"
            continue
        kept = datetime.date.fromisoformat(value) if one.type == "date" else Decimal(value) if one.type == "area" else value
        yield one.label, show(as_ledger_field(one), kept)

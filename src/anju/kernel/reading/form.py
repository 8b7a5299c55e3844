"""The JSON form of a reading: the contract of `anju report read --format json` (docs/reading.md)."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, get_args

from anju.kernel.quantities.text import exact_text
from anju.kernel.reading.figure import ROLES, Direction, Modifier, ReadFigure, Reading, Scope

KEYS = (
    "start", "end", "text", "value", "value_max", "low", "high", "unit", "role", "direction", "modifier", "subject", "scope", "attaches_to",
)  # fmt: skip
"""Keys of every figure, in order. Stable."""

_NUMBER = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?(/\d+)?$"}
_TEXT = {"type": ["string", "null"]}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "anju report read --format json",
    "type": "array",
    "items": {
        "type": "object",
        "required": list(KEYS),
        "additionalProperties": False,
        "properties": {
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 1},
            "text": {"type": "string", "minLength": 1},
            **dict.fromkeys(("value", "value_max", "low", "high"), _NUMBER),
            "unit": {"type": "string"},
            "role": {"enum": list(ROLES)},
            "direction": {"enum": [*get_args(Direction), None]},
            "modifier": {"enum": [*get_args(Modifier), None]},
            "subject": {"type": "string"},
            "scope": {
                "type": "object",
                "required": ["place", "period", "period_code", "cut_off", "cut_off_date", "of_which"],
                "additionalProperties": False,
                "properties": {
                    **dict.fromkeys(("place", "period", "period_code", "cut_off"), _TEXT),
                    "cut_off_date": {"type": ["string", "null"], "format": "date"},
                    "of_which": {"type": "boolean"},
                },
            },
            "attaches_to": {"type": ["integer", "null"], "minimum": 0},
        },
    },
}
"""JSON Schema of the list. `attaches_to` is an index into it."""


def as_json(reading: Reading) -> str:
    """The list of figures as JSON text."""
    return json.dumps(as_data(reading), ensure_ascii=False, indent=1)


def as_data(reading: Reading) -> list[dict[str, Any]]:
    """One mapping per figure with exactly `KEYS`; numbers are exact decimal strings (or `numerator/denominator`), missing ones null."""
    return [figure_data(figure) for figure in reading.figures]


def figure_data(figure: ReadFigure) -> dict[str, Any]:
    """One figure of the contract."""
    return {
        "start": figure.start,
        "end": figure.end,
        "text": figure.text,
        "value": number(figure.value, figure),
        "value_max": number(figure.value_max, figure),
        "low": number(figure.low, None),
        "high": number(figure.high, None),
        "unit": figure.unit,
        "role": figure.role,
        "direction": figure.direction,
        "modifier": figure.modifier,
        "subject": figure.subject,
        "scope": scope_data(figure.scope),
        "attaches_to": figure.attaches_to,
    }


def scope_data(scope: Scope) -> dict[str, Any]:
    """place, period and cut_off as printed; their codes (2023H1) where they can be told; whether 其中 stands before it."""
    return {
        "place": scope.place or None,
        "period": scope.period_text or None,
        "period_code": scope.period.code if scope.period else None,
        "cut_off": scope.cut_off_text or None,
        "cut_off_date": scope.cut_off.end.isoformat() if scope.cut_off else None,
        "of_which": scope.of_which,
    }


def number(value: Fraction | None, figure: ReadFigure | None) -> str | None:
    """An exact decimal; the decimals printed are kept where no scale was applied (55.40% is 55.40, 35.52万㎡ is 355200)."""
    if value is None:
        return None
    written = exact_text(value)
    if figure is None or figure.scale != 1 or figure.places == 0 or "/" in written:
        return written
    whole, _, decimals = written.partition(".")
    return f"{whole}.{decimals.ljust(figure.places, '0')}"

"""The JSON form of findings: the contract of `anju report check --format json` (docs/reading.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from anju.kernel.reading.checking.finding import SEVERITIES, Finding, in_order
from anju.kernel.reading.checking.registry import BESIDE, NAMES
from anju.kernel.reading.checking.silencing import Sifted, Silence

KEYS = ("rule", "severity", "spans", "message", "arithmetic", "advice", "figures", "fingerprint", "silenced")
"""Keys of every finding, in order. Stable."""

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "anju report check --format json",
    "type": "array",
    "items": {
        "type": "object",
        "required": list(KEYS),
        "additionalProperties": False,
        "properties": {
            "rule": {"enum": [*NAMES, *BESIDE]},
            "severity": {"enum": list(SEVERITIES)},
            "spans": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "array", "prefixItems": [{"type": "integer", "minimum": 0}] * 2, "minItems": 2, "maxItems": 2},
            },
            "message": {"type": "string", "minLength": 1},
            "arithmetic": {"type": "string"},
            "advice": {"type": "string"},
            "figures": {"type": "array", "items": {"type": "integer", "minimum": 0}},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "silenced": {"type": ["string", "null"]},
        },
    },
}
"""JSON Schema of the list. `figures` are indexes into the list that `anju report read --format json` gives for the same text."""


def as_json(sifted: Sifted) -> str:
    """Standing and silenced findings together, as JSON text."""
    return json.dumps(as_data(sifted), ensure_ascii=False, indent=1)


def as_data(sifted: Sifted) -> list[dict[str, Any]]:
    """One mapping per finding with exactly `KEYS`, in order of severity and place; `silenced` is the reason, null while it stands."""
    reasons = {finding.fingerprint: silence for finding, silence in sifted.silenced}
    return [finding_data(each, reasons.get(each.fingerprint)) for each in _all(sifted)]


def finding_data(finding: Finding, silence: Silence | None = None) -> dict[str, Any]:
    """One finding of the contract."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "spans": [list(span) for span in finding.spans],
        "message": finding.message,
        "arithmetic": finding.arithmetic,
        "advice": finding.advice,
        "figures": list(finding.figures),
        "fingerprint": finding.fingerprint,
        "silenced": silence.reason if silence else None,
    }


def _all(sifted: Sifted) -> Iterable[Finding]:
    return in_order((*sifted.standing, *(finding for finding, _ in sifted.silenced)))

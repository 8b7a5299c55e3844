"""A finding: what in a text does not hold or is not written as it should be, as plain data."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
Place = tuple[int, int]

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Finding:
    """`error`: no reading of the text makes it right. `warning`: almost surely a slip, an officer decides. `info`: worth a look.

    `spans` are places [start, end) in the text read, the first one being where the reader looks first; `figures` are indexes of figures
    of the reading. `arithmetic` is the calculation in interval form, "" where nothing is calculated. `fingerprint` names the finding
    across readings: it is made of the rule and the printed words, never of offsets.
    """

    rule: str
    severity: Severity
    spans: tuple[Place, ...]
    message: str
    advice: str = ""
    arithmetic: str = ""
    figures: tuple[int, ...] = ()
    fingerprint: str = ""


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then as the text goes."""
    return sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.spans, each.rule, each.message))


def with_fingerprints(findings: Iterable[Finding], text: str) -> tuple[Finding, ...]:
    """The findings with their names, in order of severity and place; of equal findings (same rule, same places) one stays.

    The name hashes the rule and the words at the places with a little around single words, so that it outlives edits elsewhere in the
    text. The second of two findings with the same words is numbered by its place in the text.
    """
    unique: dict[tuple[str, tuple[Place, ...]], Finding] = {}
    for each in in_order(findings):
        unique.setdefault((each.rule, each.spans), each)
    seen: Counter[str] = Counter()
    named = []
    for each in sorted(unique.values(), key=lambda finding: (finding.spans, finding.rule)):
        words = _words(each, text)
        seen[words] += 1
        digest = hashlib.sha256(f"{words}|{seen[words]}".encode()).hexdigest()[:16]
        named.append(replace(each, fingerprint=digest))
    return tuple(in_order(named))


def _words(finding: Finding, text: str) -> str:
    margin = 0 if finding.figures else 4
    pieces = (_BLANKS.sub("", text[max(0, start - margin) : end + margin]) for start, end in finding.spans)
    return "|".join((finding.rule, *pieces))

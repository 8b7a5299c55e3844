"""Check a reading: every rule over it, findings named, errors first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, with_fingerprints
from anju.kernel.reading.checking.registry import RULES, Rule
from anju.kernel.reading.figure import Reading

PER_RULE_MAX = 500
"""Findings of one rule that are kept; a text with more is not a report, and its first five hundred say so."""


def check(reading: Reading, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """The findings of a text, errors first, then in the order of the text. Deterministic, and the order of rules changes nothing."""
    examined = Examined(reading)
    return with_fingerprints((finding for rule in rules for finding in _limited(rule.check(examined))), reading.text)


def _limited(findings: Iterator[Finding]) -> Iterator[Finding]:
    for _, finding in zip(range(PER_RULE_MAX), findings, strict=False):
        yield finding

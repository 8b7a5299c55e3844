"""Every row of docs/reading-rules.md: the sentence breaks its rule, the mended one gives no finding of that rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.checking.registry import NAMES
from anju.kernel.reading.reader import read

_ROW = re.compile(r"\| `(\w+)` (\S+) \| (\w+) \| ([^|]+) \| ([^|]+) \|")
TABLE = Path(__file__).parents[6] / "docs" / "reading-rules.md"
ROWS = [match.groups() for match in _ROW.finditer(TABLE.read_text(encoding="utf-8"))]


def text(cell: str) -> str:
    return cell.strip().replace("⏎", "\n")


@pytest.mark.parametrize(("rule", "name", "severity", "broken", "mended"), ROWS, ids=[f"{row[0]}-{n}" for n, row in enumerate(ROWS)])
def test_a_row(rule: str, name: str, severity: str, broken: str, mended: str) -> None:
    found = {(finding.rule, finding.severity) for finding in check(read(text(broken)))}
    assert (rule, severity) in found
    assert rule not in {finding.rule for finding in check(read(text(mended)))}
    assert NAMES[rule] == name


def test_the_mended_sentences_have_no_errors() -> None:
    for *_, mended in ROWS:
        assert [finding.message for finding in check(read(text(mended))) if finding.severity == "error"] == []


def test_every_rule_has_a_row() -> None:
    assert {row[0] for row in ROWS} == set(NAMES)

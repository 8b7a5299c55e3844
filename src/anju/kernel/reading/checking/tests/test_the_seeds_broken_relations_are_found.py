"""Every broken relation of the seeds that the text alone shows is found where it is; no holding relation is accused."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.reader import read

SHARED = Path(__file__).parents[7] / "shared"
TABLE = yaml.safe_load((Path(__file__).parents[1] / "evaluation" / "seed_relations.yaml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.shared


@lru_cache
def seed(number: str) -> tuple[str, tuple[Finding, ...]]:
    (path,) = (SHARED / "seeds").glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    return text, check(read(text))


def relations() -> Iterator[tuple[str, str, str]]:
    """Seed, words and verdict of every row of the table of relations."""
    with (SHARED / "domain" / "seed-consistency.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name, words = row["relation"].split(": ", 1)
            yield name[:3], words, row["holds"]


@pytest.mark.parametrize("expected", TABLE["broken"], ids=lambda row: f"{row['seed']}-{row['rule']}-{row['words'][0]}")
def test_a_broken_relation_is_found(expected: dict) -> None:
    text, findings = seed(expected["seed"])
    places = [
        {text[start:end] for start, end in finding.spans}
        for finding in findings
        if (finding.rule, finding.severity) == (expected["rule"], expected["severity"])
    ]
    assert any(set(expected["words"]) <= words for words in places), places


def test_every_broken_row_is_expected_or_explained() -> None:
    listed = [(row["seed"], row["row"]) for row in (*TABLE["broken"], *TABLE["outside"])]
    broken = [(number, words) for number, words, verdict in relations() if verdict == "no"]
    assert len(broken) >= 15
    assert [row for row in broken if not any(row[0] == number and row[1].startswith(words) for number, words in listed)] == []


def test_every_expected_row_is_in_the_table() -> None:
    rows = list(relations())
    for expected in (*TABLE["broken"], *TABLE["outside"]):
        assert any(number == expected["seed"] and words.startswith(expected["row"]) for number, words, _ in rows), expected


@pytest.mark.parametrize("number", TABLE["holds"])
def test_no_figure_of_a_holding_relation_is_accused(number: str) -> None:
    text, findings = seed(number)
    figures = read(text).figures
    printed = {figure.text for figure in figures}
    assert [words for words in TABLE["holds"][number] if words not in printed] == []
    accused = {figures[index].text for finding in findings if finding.severity != "info" for index in finding.figures}
    assert accused & set(TABLE["holds"][number]) == set()


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_error_but_the_expected(number: str) -> None:
    """What is masked is said; every other error is a broken relation of the table."""
    text, findings = seed(number)
    expected = {(row["rule"], words) for row in TABLE["broken"] if row["seed"] == number for words in row["words"]}
    errors = [finding for finding in findings if finding.severity == "error" and finding.rule != "masked_left"]
    assert [each for each in errors if not {(each.rule, text[start:end]) for start, end in each.spans} & expected] == []

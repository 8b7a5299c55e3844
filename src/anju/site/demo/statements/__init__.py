"""Five real reports as statements: where a figure stands in each, which records give it, and what it must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from anju.kernel.declarations.reading import read_file

Difference = Literal["", "filled", "corrected"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a report. `at` and `was`: where its words stand in the report's file and what they are.

    `template`: what prints it, `shows`: the words it must print. A `claim` (全部, 没有) is a condition and its figure must be exactly
    `exact`; a bare `figure` has no number in the text and must print `exact`. `differs`: a mask that is `filled`, or a slip that is
    `corrected`, with the reason in `why`. `row`: its number in the list of statements, 0 for words that are no statement.
    """

    row: int
    name: str
    at: int
    was: str
    template: str
    shows: str
    claim: str
    figure: str
    exact: str
    differs: Difference
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """A real report's statements. `growth`: its two words of growth."""

    file: str
    bureau: str
    region: str
    period: str
    growth: tuple[str, str]
    statements: tuple[Statement, ...]


def names() -> tuple[str, ...]:
    """The reports there are: seed_000 to seed_004."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("seed_*.yaml")))


def read(name: str) -> Report:
    """The statements of one report, in the order they stand in it."""
    source = read_file(Path(__file__).parent / f"{name}.yaml", f"statements/{name}.yaml")
    source.refuse()
    data = source.data
    return Report(
        file=data["report"],
        bureau=data["bureau"],
        region=data["region"],
        period=data["period"],
        growth=(data["growth"][0], data["growth"][1]),
        statements=tuple(sorted((_statement(entry) for entry in data["statements"]), key=lambda each: each.at)),
    )


def _statement(entry: Mapping[str, Any]) -> Statement:
    return Statement(
        row=entry.get("row", 0),
        name=entry.get("statement", ""),
        at=entry["at"],
        was=entry["was"],
        template=entry.get("template", ""),
        shows=entry.get("shows", entry["was"]),
        claim=entry.get("claim", ""),
        figure=entry.get("figure", ""),
        exact=entry.get("is", ""),
        differs=entry.get("differs", ""),
        why=entry.get("why", ""),
    )

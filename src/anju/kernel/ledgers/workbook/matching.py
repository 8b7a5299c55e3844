"""Which column is which: labels against the words a ledger knows, with a score that says how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from anju.kernel.ledgers.workbook.cells import letter
from anju.kernel.ledgers.workbook.labels import SERIAL_LABELS, Reading, comparable, readings
from anju.kernel.ledgers.workbook.wanted import Wanted
from anju.kernel.quantities.units import Unit

How = Literal["given", "remembered", "label", "synonym", "part", "guess"]

GUESS_FROM = 0.8
"""How alike (0 to 1) two labels must be before the one is proposed for the other."""


@dataclass(frozen=True, slots=True)
class Match:
    """A column read as `name`. `score` 0 to 1; a `guess` must be looked at by a person."""

    name: str
    score: float
    how: How
    unit: Unit | None = None


def match_columns(
    parts: Sequence[tuple[str, ...]], wanted: Sequence[Wanted], known: Mapping[str, str | None] | None = None
) -> dict[int, Match]:
    """The match of each column index. `known` (letter to name, None for "not wanted") decides where it speaks.

    A wanted column is given away once, to the best bidder; serial numbers (序号) are never matched by guess.
    """
    names = {one.name for one in wanted}
    decided = {index: known[letter(index)] for index in range(len(parts)) if letter(index) in known} if known is not None else {}
    matches = {
        index: Match(name, 1.0, "given", _named_unit(parts[index])) for index, name in decided.items() if name is not None and name in names
    }
    taken = {match.name for match in matches.values()}
    offers = {index: _bids(labels, tuple(wanted)) for index, labels in enumerate(parts) if index not in decided and labels}
    # A likeness alone makes no header: where nothing is called by its name, guessing would only find chance.
    sure = bool(matches) or any(match.how != "guess" for offer in offers.values() for match in offer)
    bids = [(match.score, index, match) for index, offer in offers.items() for match in offer] if sure else []
    for _, index, match in sorted(bids, key=lambda bid: (-bid[0], bid[1])):
        if index not in matches and match.name not in taken:
            matches[index] = match
            taken.add(match.name)
    return matches


@lru_cache(maxsize=16384)
def _bids(labels: tuple[str, ...], wanted: tuple[Wanted, ...]) -> list[Match]:
    bids: dict[str, Match] = {}
    for text, weight, how in _spellings(labels):
        for reading in readings(text):
            for one in wanted:
                found = _compare(reading, one, weight, how)
                if found is not None and (one.name not in bids or found.score > bids[one.name].score):
                    bids[one.name] = found
    return list(bids.values())


def _spellings(labels: tuple[str, ...]) -> list[tuple[str, float, How | None]]:
    """The joined label, then the parts of it that may stand alone."""
    joined = "".join(labels)
    spellings: list[tuple[str, float, How | None]] = [(joined, 1.0, None)]
    if len(labels) > 1:
        spellings += [(labels[-1], 0.9, "part"), ("".join(labels[-2:]), 0.92, "part"), (labels[0], 0.7, "part")]
    return spellings


def _compare(reading: Reading, one: Wanted, weight: float, how: How | None) -> Match | None:
    own, *synonyms = _words(one.labels)
    if reading.words == own:
        return Match(one.name, weight, how or "label", reading.unit)
    if reading.words in synonyms:
        return Match(one.name, 0.97 * weight, how or "synonym", reading.unit)
    if how is not None or reading.words in SERIAL_LABELS:
        return None
    alike = max(_alike(reading.words, words) for words in (own, *synonyms))
    return Match(one.name, 0.5 * alike, "guess", reading.unit) if alike >= GUESS_FROM else None


@lru_cache(maxsize=4096)
def _words(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(readings(label)[0].words if readings(label) else comparable(label) for label in labels)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> float:
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if shorter < 3 or 2 * shorter < GUESS_FROM * (longer + shorter):
        return 0.0
    return SequenceMatcher(None, one, other).ratio()


def _named_unit(labels: tuple[str, ...]) -> Unit | None:
    return next((reading.unit for reading in readings("".join(labels)) if reading.unit is not None), None)

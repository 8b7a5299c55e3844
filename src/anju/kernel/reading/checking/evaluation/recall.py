"""How many of the slips that a reader could notice are found, by kind of slip and by relation.

A slip can be noticed when a relation written by hand no longer holds with the slipped figure, worked out by `formula` alone; when a text
names its own year in two ways; when its own place has two levels. It is found when a finding (error or warning) that the right text does
not have points at the slipped place, or at a figure of the broken relation.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.checking.evaluation.corpus import Kept, OwnText, own_texts
from anju.kernel.reading.checking.evaluation.mutating import Slip, slips_of
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.figure import ReadFigure, Reading
from anju.kernel.reading.reader import read

ROUNDS, SEED = 3, 20240630


@dataclass(slots=True)
class Recall:
    """Counts of slips that can be noticed and of those found, by kind of slip and by rule of the broken relation; the ones missed."""

    noticeable: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    found_by_rule: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    made: int = 0

    def share(self) -> float:
        """Found of noticeable, over all kinds."""
        return sum(self.found.values()) / max(sum(self.noticeable.values()), 1)


def measure(texts: Iterable[OwnText] | None = None, *, rounds: int = ROUNDS, seed: int = SEED, every: int = 1) -> Recall:
    """Make every kind of slip at every place, `rounds` times with other dice, one slip per reading; or every so many-th of them.
    Deterministic for a seed."""
    recall = Recall()
    for text in texts if texts is not None else own_texts():
        right = {finding.fingerprint for finding in check(text.reading)}
        for turn in range(rounds):
            dice = random.Random(f"{seed}/{text.name}/{turn}")  # noqa: S311
            for slip in islice(slips_of(text.reading, dice), 0, None, every):
                recall.made += 1
                _judge(recall, text, slip, right)
    return recall


def _judge(recall: Recall, text: OwnText, slip: Slip, right: set[str]) -> None:
    slipped = read(slip.applied(text.reading.text))
    broken = _broken(text, slip, slipped)
    if not broken and not _speaks_for_itself(text, slip):
        return
    findings = [each for each in check(slipped) if each.severity != "info" and each.fingerprint not in right]
    places = [(slip.start, slip.start + len(slip.new)), *_places(text, slip, broken)]
    hit = any(_touches(finding, places) for finding in findings)
    recall.noticeable[slip.kind] += 1
    recall.found[slip.kind] += hit
    for rule in {kept.rule for kept in broken} or {slip.kind}:
        recall.by_rule[rule] += 1
        recall.found_by_rule[rule] += hit
    if not hit:
        around = slipped.text[max(0, slip.start - 24) : slip.start + 16].replace("\n", "")
        recall.missed.append(f"{text.name}\t{slip.kind}\t{around}\t{'; '.join(kept.formula for kept in broken)}")


def _broken(text: OwnText, slip: Slip, slipped: Reading) -> list[Kept]:
    """The relations of the text that do not hold with the slipped figure."""
    if slip.figure is None:
        return []
    old = text.reading.figures[slip.figure]
    new = next((each for each in slipped.figures if each.start == old.start), None)
    if new is None:
        return []
    concerned = [kept for kept in text.kept if _is(text, old, kept)]
    if slip.kind == "direction":
        return [kept for kept in concerned if kept.rule == "yoy_absolute" or _breaks(text, kept, old, new)]
    return [kept for kept in concerned if _breaks(text, kept, old, new)]


def _is(text: OwnText, figure: ReadFigure, kept: Kept) -> bool:
    """The relation is about this very figure and not about another one with the same print."""
    return any(text.figures[name] is figure for name in kept.names)


def _breaks(text: OwnText, kept: Kept, old: ReadFigure, new: ReadFigure) -> bool:
    return kept.holds({name: new if figure is old else figure for name, figure in text.figures.items()}) is False


def _speaks_for_itself(text: OwnText, slip: Slip) -> bool:
    """Another year than the report's own where the text means its own; another level for its own place."""
    period = text.reading.period
    if slip.kind == "year":
        own = str(period.end.year) if period is not None else ""
        return text.reading.text[slip.start : slip.end] == own and text.reading.text.count(f"{own}年") > 1
    return slip.kind == "place"


def _places(text: OwnText, slip: Slip, broken: Iterable[Kept]) -> list[tuple[int, int]]:
    """Where the figures of the broken relations stand in the slipped text."""
    shift = len(slip.new) - (slip.end - slip.start)
    figures = [text.figures[name] for kept in broken for name in kept.names]
    return [
        (figure.start + (shift if figure.start > slip.start else 0), figure.end + (shift if figure.end > slip.start else 0))
        for figure in figures
    ]


def _touches(finding: Finding, places: list[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for start, end in finding.spans for other_start, other_end in places)

"""What becomes of each figure: a slot of an indicator, words that stay, or a book that is yet to be set up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from anju.kernel.figures.indicators import Indicator
from anju.kernel.reading.figure import LEVELS, ReadFigure, Reading
from anju.kernel.reading.templating.candidates import AHEAD, SURE, Candidate, candidates
from anju.kernel.reading.templating.phrases import phrase_of

State = Literal["remembered", "likely", "open", "follows", "kept"]
MEASURES = {"yoy": "yoy", "mom": "mom", "change_abs": "change", "rank": "rank"}
"""Roles that print a measure of the indicator their figure attaches to."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`reference` is `key`, `key@1Q` or `key#yoy`; "" when the figure stays as printed or no indicator is known.

    remembered: confirmed for the same words before. likely: the best candidate is a good one. follows: told by the figure it describes.
    kept: a person decided that the words stay. open: nobody knows yet.
    """

    figure: int
    state: State
    reference: str = ""
    candidates: tuple[Candidate, ...] = ()


def choose(
    reading: Reading,
    indicators: Mapping[str, Indicator],
    *,
    remembered: Mapping[str, str] | None = None,
    decided: Mapping[int, str] | None = None,
) -> tuple[Choice, ...]:
    """A choice for every figure, in order.

    `remembered`: references by phrase, from texts before; "" means keep. `decided`: what a person chose in this text, by start offset.
    """
    remembered, decided = remembered or {}, decided or {}
    done: dict[int, Choice] = {}
    mapped: dict[int, str] = {}
    ordered = sorted(reading.figures, key=lambda figure: (figure.role not in LEVELS, figure.index))
    for figure in ordered:
        choice = _choose(reading, figure, indicators, remembered, decided, mapped)
        done[figure.index] = choice
        if choice.reference and "#" not in choice.reference:
            mapped[figure.index] = choice.reference.partition("@")[0]
    return tuple(done[index] for index in sorted(done))


def _choose(
    reading: Reading,
    figure: ReadFigure,
    indicators: Mapping[str, Indicator],
    remembered: Mapping[str, str],
    decided: Mapping[int, str],
    mapped: Mapping[int, str],
) -> Choice:
    offered = candidates(reading, figure, indicators, mapped) if figure.role not in MEASURES else ()
    for known, state in ((decided.get(figure.start), "remembered"), (remembered.get(phrase_of(reading, figure)), "remembered")):
        if known is not None and (known == "" or key_of(known) in indicators):
            return Choice(figure.index, "kept" if known == "" else state, known, offered)  # type: ignore[arg-type]
    if figure.role in MEASURES:
        base = mapped.get(figure.attaches_to) if figure.attaches_to is not None else None
        if base is None or not _measurable(figure, indicators[base]):
            return Choice(figure.index, "open")
        return Choice(figure.index, "follows", f"{base}#{MEASURES[figure.role]}")
    clear = offered and offered[0].points >= SURE and (len(offered) == 1 or offered[0].points - offered[1].points >= AHEAD)
    if clear and figure.role not in ("target", "plan"):
        best = offered[0]
        return Choice(figure.index, "likely", f"{best.key}@{best.part}" if best.part else best.key, offered)
    return Choice(figure.index, "open", "", offered)


def _measurable(figure: ReadFigure, indicator: Indicator) -> bool:
    return figure.role != "rank" or indicator.ranked


def key_of(reference: str) -> str:
    """The indicator's key of a reference."""
    return reference.partition("#")[0].partition("@")[0].partition("[")[0]

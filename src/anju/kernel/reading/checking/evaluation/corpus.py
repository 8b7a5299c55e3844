"""Own-written correct texts, each with the relations its figures keep, written by hand from the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from anju.kernel.reading.checking.evaluation.formula import holds, names
from anju.kernel.reading.figure import ReadFigure, Reading
from anju.kernel.reading.reader import read

Group = Literal["texts", "held_out"]
_SIGNED = frozenset(("yoy_decomposition", "price_volume"))


@dataclass(frozen=True, slots=True)
class Kept:
    """A relation a text keeps: the rule it belongs to and its formula."""

    rule: str
    formula: str

    @property
    def names(self) -> tuple[str, ...]:
        return names(self.formula)

    def holds(self, figures: Mapping[str, ReadFigure]) -> bool | None:
        return holds(self.formula, figures, signed=self.rule in _SIGNED)


@dataclass(frozen=True, slots=True)
class OwnText:
    """`figures` by their printed words, which a formula names; see `by_words`."""

    name: str
    reading: Reading
    kept: tuple[Kept, ...]
    figures: Mapping[str, ReadFigure]


@lru_cache(maxsize=2)
def own_texts(folder_name: Group = "texts") -> tuple[OwnText, ...]:
    """Every text of `texts/`, on which the rules were worked out, or of `held_out/`, written afterwards; read."""
    folder = files("anju.kernel.reading.checking.evaluation").joinpath(folder_name)
    return tuple(_own_text(item.name.removesuffix(".txt"), item.read_text(encoding="utf-8")) for item in _sorted(folder))


def _sorted(folder: object) -> list:  # type: ignore[type-arg]
    return sorted((item for item in folder.iterdir() if item.name.endswith(".txt")), key=lambda item: item.name)  # type: ignore[attr-defined]


def _own_text(name: str, written: str) -> OwnText:
    _, head, text = written.split("---\n", 2)
    kept = tuple(Kept(rule, formula) for entry in yaml.safe_load(head)["relations"] for rule, formula in entry.items())
    reading = read(text)
    return OwnText(name, reading, kept, by_words(reading))


def by_words(reading: Reading) -> dict[str, ReadFigure]:
    """Figures by their printed words; the second with the same words is `287户#2`."""
    found: dict[str, ReadFigure] = {}
    seen: Counter[str] = Counter()
    for figure in reading.figures:
        seen[figure.text] += 1
        found[figure.text if seen[figure.text] == 1 else f"{figure.text}#{seen[figure.text]}"] = figure
    return found

"""The annotated texts that come with the package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

from anju.kernel.reading.gold.annotated import GoldText, parse
from anju.kernel.reading.gold.offsets import load

Group = Literal["own", "held_out"]


def texts(group: Group) -> Iterator[GoldText]:
    """The texts of one group, by name."""
    folder = files("anju.kernel.reading.gold").joinpath(group)
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".txt"):
            yield parse(f"{group}/{entry.name.removesuffix('.txt')}", entry.read_text(encoding="utf-8"))


def seeds(folder: Path) -> Iterator[GoldText]:
    """The five real reports whose text lies in `folder`; none that is not there."""
    tables = files("anju.kernel.reading.gold").joinpath("seeds")
    for entry in sorted(tables.iterdir(), key=lambda item: item.name):
        text = folder / entry.name.replace(".csv", ".txt")
        if entry.name.endswith(".csv") and text.exists():
            yield load(f"seeds/{entry.name[:3]}", entry.read_text(encoding="utf-8"), text.read_text(encoding="utf-8"))

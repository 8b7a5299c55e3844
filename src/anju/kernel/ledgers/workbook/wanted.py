"""What the reader looks for: the columns a ledger wants, in words that may stand above them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """One column that is looked for.

    `labels`: the words above it, the proper one first. `unit`: the unit its numbers are wanted in, empty for none.
    `number`: its cells are numbers, so totals below it can be checked.
    """

    name: str
    labels: tuple[str, ...]
    unit: str = ""
    number: bool = False
    required: bool = False

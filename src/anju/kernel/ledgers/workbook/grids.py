"""One sheet as a grid of texts: what every later step of the reader works on."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged region; rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """A sheet. Column c of row r (both from 0) is `columns[c][r]`; row r is what the program shows as row r + 1.

    `merges` is None where the format has no merged regions (csv).
    """

    name: str
    columns: list[pl.Series] = field(default_factory=list)
    merges: list[Merge] | None = None

    @property
    def height(self) -> int:
        """Rows, empty ones included."""
        return len(self.columns[0]) if self.columns else 0

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.columns)

    def top(self, rows: int) -> list[list[str]]:
        """The first rows as lists of texts, empty cells as ''."""
        columns = [column.head(rows).fill_null("").to_list() for column in self.columns]
        return [list(cells) for cells in zip(*columns, strict=True)]

    def row(self, index: int) -> list[str]:
        """One row as texts, empty cells as ''."""
        return [column[index] or "" for column in self.columns]

"""Merged data cells: the value stands for every row of the region. Only real merges are filled, never mere blanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from anju.kernel.ledgers.workbook.grids import Grid, Merge


@dataclass(frozen=True, slots=True)
class Filled:
    """One merged region that was filled down: rows from 0, `text` the value now in all of them."""

    column: int
    top: int
    bottom: int
    text: str


def fill_down(grid: Grid, below: int) -> tuple[list[pl.Series], list[Filled]]:
    """The columns with vertical merges of rows after `below` filled, and what was filled. The grid itself is not changed."""
    per_column: dict[int, list[Merge]] = {}
    for merge in grid.merges or []:
        if merge.top > below and merge.bottom > merge.top and merge.left < grid.width:
            per_column.setdefault(merge.left, []).append(merge)
    columns = list(grid.columns)
    filled: list[Filled] = []
    for index, merges in per_column.items():
        columns[index], done = _fill(columns[index], index, merges)
        filled += done
    return columns, filled


def _fill(column: pl.Series, index: int, merges: Sequence[Merge]) -> tuple[pl.Series, list[Filled]]:
    rows: list[int] = []
    texts: list[str] = []
    filled: list[Filled] = []
    for merge in merges:
        text = column[merge.top] if merge.top < len(column) else None
        if text is None:
            continue
        bottom = min(merge.bottom, len(column) - 1)
        rows += range(merge.top, bottom + 1)
        texts += [text] * (bottom - merge.top + 1)
        filled.append(Filled(index, merge.top, bottom, text))
    return (column.clone().scatter(rows, texts) if rows else column), filled

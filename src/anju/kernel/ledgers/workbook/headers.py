"""Find the header of a sheet: which rows, and what each column is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from anju.kernel.ledgers.workbook.cells import letter
from anju.kernel.ledgers.workbook.grids import Grid
from anju.kernel.ledgers.workbook.labels import comparable, readings, stated_units
from anju.kernel.ledgers.workbook.limits import Limits
from anju.kernel.ledgers.workbook.matching import Match, match_columns
from anju.kernel.ledgers.workbook.wanted import Wanted
from anju.kernel.quantities.units import Unit, find_unit


@dataclass(frozen=True, slots=True)
class Column:
    """One column under a header. `parts`: its labels from top to bottom; `unit`: from its label or the title lines, None when unsaid."""

    index: int
    parts: tuple[str, ...]
    unit: Unit | None = None
    match: Match | None = None

    @property
    def letter(self) -> str:
        return letter(self.index)

    @property
    def label(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Header:
    """`top` to `bottom`: the header's rows from 0, both included. `titles`: the texts above it. `signature` knows the layout again."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()
    score: float = 0.0

    @property
    def signature(self) -> str:
        """The comparable labels in their order."""
        return "|".join(comparable(column.label) for column in self.columns).rstrip("|")

    @property
    def matched(self) -> dict[str, Column]:
        """The column of each wanted name that was found."""
        return {column.match.name: column for column in self.columns if column.match}


@dataclass(slots=True)
class Search:
    """What is known before looking: the wanted columns, mappings remembered by signature, and a mapping given by hand (letter to name)."""

    wanted: Sequence[Wanted]
    remembered: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    given: Mapping[str, str | None] | None = None


def find_header(grid: Grid, search: Search, limits: Limits) -> Header | None:
    """The header that explains most of what is wanted; None for a sheet without any row of labels.

    Every start among the first rows and every depth up to three is tried. When nothing matches, the row with most texts is proposed,
    so that a person can map its columns by hand.
    """
    top = grid.top(limits.header_search_rows + limits.header_depth)
    best: Header | None = None
    for start in range(min(len(top), limits.header_search_rows)):
        for depth in range(1, limits.header_depth + 1):
            if start + depth > len(top):
                break
            header = _candidate(grid, top, start, depth, search)
            if header is not None and (best is None or header.score > best.score + 1e-9):
                best = header
    if best is None or best.score <= 0:
        return _widest_row(grid, top, search)
    return best


def _candidate(grid: Grid, top: list[list[str]], start: int, depth: int, search: Search) -> Header | None:
    parts = stacked(grid, top, start, depth)
    if not any(parts) or not any(top[start]) or not any(top[start + depth - 1]):
        return None
    return _header(top, start, depth, parts, search)


def _header(top: list[list[str]], start: int, depth: int, parts: list[tuple[str, ...]], search: Search) -> Header:
    titles = tuple(text for row in top[:start] for text in row if text)
    header = Header(start, start + depth - 1, tuple(Column(index, one) for index, one in enumerate(parts)), titles)
    known = search.given if search.given is not None else search.remembered.get(header.signature)
    matches = match_columns(parts, search.wanted, known)
    stated = stated_units(list(titles))
    columns = tuple(
        Column(column.index, column.parts, _unit_of(column, matches.get(column.index), search.wanted, stated), matches.get(column.index))
        for column in header.columns
    )
    score = sum(match.score for match in matches.values())
    if known is not None and search.given is None:
        score += 1000
    # A label stacked from more rows than needed is worth a little less, so a title or a first data row is not drawn in;
    # a unit learned is worth more than that, so a row of units under the labels is.
    score += 0.02 * sum(match.unit is not None for match in matches.values())
    return Header(start, start + depth - 1, columns, titles, score - 0.01 * (depth - 1) if score else 0.0)


def _unit_of(column: Column, match: Match | None, wanted: Sequence[Wanted], stated: list[Unit]) -> Unit | None:
    if match is not None and match.unit is not None:
        return match.unit
    if match is None:
        return next((reading.unit for reading in readings(column.label) if reading.unit is not None), None)
    target = find_unit(next(one.unit for one in wanted if one.name == match.name))
    return next((unit for unit in stated if target is not None and unit.dimension == target.dimension), None)


def stacked(grid: Grid, top: list[list[str]], start: int, depth: int) -> list[tuple[str, ...]]:
    """The labels of each column over `depth` rows. Merged cells lend their text to the whole region.

    A blank in an upper row also takes the text at its left when a label stands below it: offices centre a heading without merging.
    """
    rows = [list(row) for row in top[start : start + depth]]
    covered: set[tuple[int, int]] = set()
    for merge in grid.merges or []:
        if merge.bottom < start or merge.top >= start + depth:
            continue
        text = top[merge.top][merge.left] if merge.top < len(top) else ""
        for row in range(max(merge.top, start), min(merge.bottom, start + depth - 1) + 1):
            for column in range(merge.left, min(merge.right, grid.width - 1) + 1):
                rows[row - start][column] = text
                covered.add((row - start, column))
    for level in range(depth - 1):
        for column in range(1, grid.width):
            free = not rows[level][column] and (level, column) not in covered
            if free and rows[level + 1][column] and rows[level][column - 1] and rows[level + 1][column - 1]:
                rows[level][column] = rows[level][column - 1]
    return [_distinct(row[column] for row in rows) for column in range(grid.width)]


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    parts: list[str] = []
    for text in texts:
        shown = "".join(text.split())
        if shown and (not parts or parts[-1] != shown):
            parts.append(shown)
    return tuple(parts)


def _widest_row(grid: Grid, top: list[list[str]], search: Search) -> Header | None:
    counts = [sum(1 for text in row if text and not text.replace(".", "").replace("-", "").isdigit()) for row in top]
    if not counts or max(counts) == 0:
        return None
    start = counts.index(max(counts))
    return _header(top, start, 1, stacked(grid, top, start, 1), search)

"""Read a workbook: its tables, where every row came from, what was left out and what looks wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from anju.kernel.ledgers.workbook.delimited import read_delimited
from anju.kernel.ledgers.workbook.findings import Finding, column_findings, merge_findings, total_findings
from anju.kernel.ledgers.workbook.grids import Grid
from anju.kernel.ledgers.workbook.headers import Header, Search, find_header
from anju.kernel.ledgers.workbook.limits import DEFAULT, Limits, refuse
from anju.kernel.ledgers.workbook.merges import fill_down
from anju.kernel.ledgers.workbook.rows import Kind, Sorted, sort_rows
from anju.kernel.ledgers.workbook.sniffing import kind_of
from anju.kernel.ledgers.workbook.spreadsheets import read_spreadsheet
from anju.kernel.ledgers.workbook.totals import check_totals
from anju.kernel.ledgers.workbook.wanted import Wanted


@dataclass(slots=True)
class Table:
    """One sheet, read.

    `frame`: a String column per wanted name that was found, one row per record, merged cells filled, in the unit of its header.
    `rows`: the sheet row (from 1) of each record. `kinds`: what every row of the sheet is. `columns`: its cells as they stand.
    """

    sheet: str
    header: Header
    frame: pl.DataFrame
    rows: pl.Series
    kinds: pl.Series
    columns: list[pl.Series]
    findings: list[Finding] = field(default_factory=list)

    @property
    def units(self) -> dict[str, str]:
        """The unit each column's header (or the title lines) names, by wanted name; a column without one is absent."""
        return {name: column.unit.name for name, column in self.header.matched.items() if column.unit is not None}

    @property
    def left_out(self) -> dict[str, int]:
        """How many rows below the header were left out, by what they are."""
        below = self.kinds.slice(self.header.bottom + 1)
        counts = below.value_counts().sort("kind").rows()
        return {Kind(kind).label: count for kind, count in counts if kind not in (Kind.DATA, Kind.HEADER, Kind.TITLE)}


@dataclass(slots=True)
class Reading:
    """All tables of one layout in a workbook; `notes` says of every other sheet why it was left aside."""

    tables: list[Table]
    notes: list[str]

    @property
    def header(self) -> Header:
        """The header of the table that fits best; the others have the same layout."""
        return self.tables[0].header

    @property
    def findings(self) -> list[Finding]:
        return [finding for table in self.tables for finding in table.findings]

    @property
    def height(self) -> int:
        """Records in all tables."""
        return sum(table.frame.height for table in self.tables)


def read_workbook(
    path: Path,
    wanted: Sequence[Wanted],
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    remembered: Mapping[str, Mapping[str, str | None]] | None = None,
    limits: Limits = DEFAULT,
) -> Reading:
    """Read the file at `path`, looking for the `wanted` columns.

    `sheet`: only this one. `mapping`: column letters to wanted names (None: ignore the column), decided by a person; columns it does not
    mention are matched by their labels. `remembered`: such mappings by header signature. Raises AnjuError `workbook.*`.
    """
    grids, notes = read_grids(path, sheet=sheet, limits=limits)
    search = Search(wanted, remembered or {}, mapping)
    found = [(grid, header) for grid in grids if grid.height and (header := find_header(grid, search, limits)) is not None]
    if not found:
        raise refuse("no_header", "没有找到表头：文件里没有一行文字可以作列名。", f"请在数据上方加一行列名，例如：{_examples(wanted)}。")
    best = max(found, key=lambda one: one[1].score)[1]
    required = frozenset(one.name for one in wanted if one.required)
    tables: list[Table] = []
    for grid, header in found:
        if header is not best and not _same_layout(header, best):
            other = _name_of(found, best)
            notes.append(f"工作表“{grid.name}”的表头或计量单位与“{other}”不同，未读取；需要时请指定这张表单独导入。")
            continue
        table = _table(grid, header, wanted, required)
        if header is best:
            tables.insert(0, table) if table.frame.height == 0 else tables.append(table)
        elif table.frame.height:
            tables.append(table)
    notes += [f"工作表“{grid.name}”没有表头，未读取。" for grid in grids if all(grid is not one for one, _ in found)]
    return Reading(tables, notes)


def read_grids(path: Path, *, sheet: str | None = None, limits: Limits = DEFAULT) -> tuple[list[Grid], list[str]]:
    """The sheets as they stand, for layouts that are no lists, and a note for each left aside. Raises AnjuError `workbook.*`."""
    if kind_of(path, limits) == "text":
        return [read_delimited(path, limits)], []
    return read_spreadsheet(path, limits, only=sheet)


def _same_layout(one: Header, other: Header) -> bool:
    # Place and unit count too: 万元 on one sheet and 元 on the next must never be added up as one.
    return bool(one.matched) and _places(one) == _places(other)


def _places(header: Header) -> dict[str, tuple[int, str]]:
    return {name: (column.index, column.unit.name if column.unit else "") for name, column in header.matched.items()}


def _table(grid: Grid, header: Header, wanted: Sequence[Wanted], required: frozenset[str]) -> Table:
    columns, filled = fill_down(grid, header.bottom)
    sorted_rows = sort_rows(grid, columns, header, required)
    is_data = sorted_rows.kinds == int(Kind.DATA)
    rows = pl.arange(1, grid.height + 1, eager=True, dtype=pl.UInt32).filter(is_data).alias("row")
    by_name = {one.name: one for one in wanted}
    findings = column_findings(grid.name, header, by_name)
    numeric = [column for name, column in header.matched.items() if by_name[name].number]
    findings += merge_findings(grid.name, filled, numeric, sorted_rows.kinds)
    findings += total_findings(grid.name, check_totals(columns, numeric, sorted_rows))
    frame = pl.DataFrame([columns[column.index].filter(is_data).alias(name) for name, column in header.matched.items()])
    return Table(grid.name, header, frame, rows, sorted_rows.kinds, grid.columns, findings)


def _name_of(found: list[tuple[Grid, Header]], header: Header) -> str:
    return next(grid.name for grid, one in found if one is header)


def _examples(wanted: Sequence[Wanted]) -> str:
    return "、".join(one.labels[0] for one in wanted[:6])


__all__ = ["Reading", "Sorted", "Table", "read_grids", "read_workbook"]

"""The rows behind a figure as tables, each row leading to its record."""

from __future__ import annotations

from dataclasses import dataclass

from anju.kernel.figures.evidence import Evidence, EvidenceRow
from anju.site.pages.verbs import subject_url


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the table."""

    label: str
    unit: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class RowCell:
    """One value."""

    text: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A contributing row and the page of its record."""

    url: str
    cells: list[RowCell]


@dataclass(frozen=True, slots=True)
class RowTable:
    """The rows of one counted part; `title` only when the figure has several parts."""

    title: str
    columns: list[Heading]
    rows: list[Row]


def evidence_rows(evidence: Evidence) -> list[RowTable]:
    """One table per part that lists rows."""
    parts = [part for part in evidence.tables() if part.rows]
    return [_table(part, titled=len(parts) > 1) for part in parts]


def _table(part: Evidence, *, titled: bool) -> RowTable:
    numeric = [column.kind == "int64" for column in part.columns]
    headings = [Heading(column.label, column.unit, number) for column, number in zip(part.columns, numeric, strict=True)]
    title = f"{part.name}（{part.period.label}，{part.count:,}行）" if titled else ""
    return RowTable(title, headings, [_row(row, numeric) for row in part.rows])


def _row(row: EvidenceRow, numeric: list[bool]) -> Row:
    cells = [RowCell(text, number) for text, number in zip(row.cells, numeric, strict=True)]
    return Row(subject_url(f"{row.record_table}:{row.record_id}"), cells)

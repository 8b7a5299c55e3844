"""Judge what a workbook holds: the same check the forms run, and every issue at its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from anju.kernel.access.actor import Actor
from anju.kernel.ledgers.checking import check_rows
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.issues import MAX_ISSUES, Checked
from anju.kernel.ledgers.workbook import Reading
from anju.kernel.ledgers.workbook.cells import letter
from anju.kernel.ledgers.workbook.findings import Finding

Progress = Callable[[int, int], None]

READY, TO_CONFIRM, WRONG, ALREADY = "ready", "to_confirm", "wrong", "already"
STATUSES = (READY, TO_CONFIRM, WRONG, ALREADY)

# Spreadsheets keep 15 digits: a longer number (also as a csv shows it, 3.2092E+17) has lost its tail, and the check must see a number.
_DAMAGED = r"^-?[0-9](\.[0-9]+)?[eE]\+[0-9]{2}$"

ISSUE_SCHEMA = {
    "n": pl.Int64(), "sheet": pl.String(), "row": pl.Int64(), "column": pl.String(), "cell": pl.String(), "field": pl.String(),
    "label": pl.String(), "code": pl.String(), "level": pl.String(), "value": pl.String(), "what": pl.String(), "advice": pl.String(),
}  # fmt: skip


@dataclass(slots=True)
class Examined:
    """`records`: the typed fields and `region_code` of every record, with `_sheet`, `_row`, `_status`, `_existing` (id of the record it
    changes) beside them, in file order. `issues`: one row per issue, `n` the record's index or null for the sheet as a whole."""

    records: pl.DataFrame
    issues: pl.DataFrame
    more: int

    def count(self, status: str) -> int:
        """Records in this status."""
        return int((self.records["_status"] == status).sum())

    @property
    def blocking(self) -> int:
        """Issues that stand against the whole batch."""
        return int((self.issues["level"] == "block").sum())


def examine(ledger: Ledger, reading: Reading, *, by: Actor, update_existing: bool, progress: Progress) -> Examined:
    """Check every record of the reading. Raises AnjuError as `check_rows` does; `progress` is told rows checked of all rows."""
    progress(0, reading.height)
    raw = pl.concat([table.frame.select(reading.tables[0].frame.columns) for table in reading.tables])
    sheets = pl.concat([pl.Series("_sheet", [table.sheet], dtype=pl.String).new_from_index(0, len(table.rows)) for table in reading.tables])
    rows = pl.concat([table.rows for table in reading.tables]).alias("_row")
    raw = raw.with_columns(damaged_as_numbers(series) for series in raw.get_columns())
    checked, changing = _check(ledger, raw, reading, by, update_existing)
    status = pl.select(
        pl.when(checked.wrong).then(pl.lit(WRONG)).when(checked.already).then(pl.lit(ALREADY))
        .when(checked.to_confirm).then(pl.lit(TO_CONFIRM)).otherwise(pl.lit(READY)).alias("_status")
    )["_status"]  # fmt: skip
    records = checked.frame.with_columns(sheets, rows, status, changing.alias("_existing"))
    progress(reading.height, reading.height)
    return Examined(records, _issues(ledger, reading, checked, sheets, rows), checked.more)


def damaged_as_numbers(series: pl.Series) -> pl.Series:
    """Cells whose number lost digits as floats, in a mixed column; the column itself when it has none."""
    damaged = series.str.contains(_DAMAGED).fill_null(False)
    if not damaged.any():
        return series
    texts = series.to_list()
    return pl.Series(
        series.name, [float(text) if is_damaged else text for text, is_damaged in zip(texts, damaged, strict=True)], dtype=pl.Object
    )


def _check(ledger: Ledger, raw: pl.DataFrame, reading: Reading, by: Actor, update_existing: bool) -> tuple[Checked, pl.Series]:
    units = {name: unit for name, unit in reading.tables[0].units.items() if not _misfit(reading, name)}
    checked = check_rows(ledger, raw, by=by, units=units)
    none = pl.Series([None], dtype=pl.Int64).new_from_index(0, raw.height)
    changes = checked.existing.is_not_null() & ~checked.already
    if not update_existing or not changes.any():
        return checked, none
    # Judged again as replacements: a record with the same key is then no clash.
    replaced = checked.existing.filter(changes).unique().to_list()
    again = check_rows(ledger, raw, by=by, units=units, replacing=replaced)
    target = pl.select(pl.when(changes).then(checked.existing)).to_series()
    return again, target


def _misfit(reading: Reading, name: str) -> bool:
    column = reading.header.matched[name]
    return any(finding.code == "workbook.unit_mismatch" and finding.column == column.index for finding in reading.findings)


def _issues(ledger: Ledger, reading: Reading, checked: Checked, sheets: pl.Series, rows: pl.Series) -> pl.DataFrame:
    columns = {name: column.letter for name, column in reading.header.matched.items()}
    found = [_of_finding(finding, reading) for finding in reading.findings]
    found += _located(ledger, checked, columns, sheets, rows)
    return pl.DataFrame(found[: 2 * MAX_ISSUES], schema=ISSUE_SCHEMA, orient="row")


def _of_finding(finding: Finding, reading: Reading) -> tuple[object, ...]:
    at = letter(finding.column)
    column = next((one for one in reading.header.columns if one.index == finding.column), None)
    field = column.match.name if column is not None and column.match else None
    label = column.label if column is not None else ""
    cell = finding.cell
    return (
        None,
        finding.sheet,
        finding.row,
        at,
        cell,
        field,
        label,
        finding.code,
        finding.level,
        finding.value,
        finding.what,
        finding.advice,
    )


def _located(ledger: Ledger, checked: Checked, columns: dict[str, str], sheets: pl.Series, rows: pl.Series) -> Sequence[tuple[object, ...]]:
    located: list[tuple[object, ...]] = []
    for issue in checked.issues:
        sheet, row = sheets[issue.row], int(rows[issue.row])
        # A rule over several fields is shown at the first of them that the workbook has, else at the key.
        field = issue.field if issue.field in columns else None
        at = columns.get(field or ledger.key[0], "A")
        label = ledger.field(issue.field).label if issue.field else ""
        what = issue.what
        if issue.other is not None:
            what = f"{what.rstrip('。')}（另一行：{sheets[issue.other]} 第{int(rows[issue.other])}行）。"
        located.append(
            (issue.row, sheet, row, at, f"{at}{row}", issue.field, label, issue.code, issue.level, issue.value, what, issue.advice)
        )
    return located

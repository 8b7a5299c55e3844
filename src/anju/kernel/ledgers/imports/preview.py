"""Look at a batch: the sheet as it stands with every cell's state, and the issues in order of weight."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl
from django.db.models import QuerySet

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.ledgers import catalogue
from anju.kernel.ledgers.batches import ImportBatch
from anju.kernel.ledgers.imports import storage
from anju.kernel.ledgers.imports.errors import unknown_batch
from anju.kernel.ledgers.values import shown_cell
from anju.kernel.ledgers.workbook.cells import letter, number_of
from anju.kernel.ledgers.workbook.rows import Kind

MOST_ROWS = 500
_WEIGHT = {"block": 0, "must_fix": 1, "confirm": 2}


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue at its cell. `row` from 1 as the program shows it, `cell` like `F17`; level `block`, `must_fix` or `confirm`."""

    sheet: str
    row: int
    column: str
    cell: str
    field: str | None
    label: str
    code: str
    level: str
    value: str
    what: str
    advice: str

    def __str__(self) -> str:
        label = f"“{self.label}”" if self.label else ""
        return f"{self.sheet} {self.cell} 第{self.row}行{label}：{self.what} {self.advice}  [{self.code}]"


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """`state`: `wrong`, `confirm`, `block` or empty; `issues` says why. `field`: what the column is read as, None when it is not."""

    column: str
    text: str
    field: str | None = None
    state: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """`kind`: title, header, data, blank, total, note or heading; `status` of a data row: ready, to_confirm, wrong, already."""

    sheet: str
    row: int
    kind: str
    kind_label: str
    status: str = ""
    cells: list[PreviewCell] = field(default_factory=list)
    issues: tuple[Issue, ...] = ()


def get_batch(batch_id: int, *, by: Actor) -> ImportBatch:
    """The batch, if it lies in the actor's scope. Raises AnjuError `ledgers.unknown_batch`."""
    with using_scope(by.scope):
        batch = by.scope.narrow(ImportBatch.objects.filter(pk=batch_id)).first()
    if batch is None:
        raise unknown_batch(batch_id)
    return batch


def batches(*, by: Actor, state: str | None = None) -> QuerySet[ImportBatch]:
    """The batches in the actor's scope, newest first. To be read inside that scope."""
    found = by.scope.narrow(ImportBatch.objects.order_by("-id"))
    return found if state is None else found.filter(state=state)


def issues(batch: ImportBatch, offset: int = 0, limit: int = 100, *, level: str | None = None) -> list[Issue]:
    """Issues of the batch: what blocks first, then what must be put right, then what must be looked at; by place within each."""
    frame = storage.scan(batch, storage.ISSUES)
    if level is not None:
        frame = frame.filter(pl.col("level") == level)
    weight = pl.col("level").replace_strict(_WEIGHT, return_dtype=pl.Int8)
    ordered = frame.sort(weight, pl.col("n").fill_null(-1), "row", "column", maintain_order=True)
    return [_issue(row) for row in ordered.slice(max(offset, 0), min(limit, MOST_ROWS)).collect().iter_rows(named=True)]


def preview(batch: ImportBatch, offset: int = 0, limit: int = 50, *, sheet: str | None = None, only: str | None = None) -> list[PreviewRow]:
    """Rows of the sheets as they stand, title and header included. `only`: data rows of this status.

    Personal identifiers are masked. At most MOST_ROWS rows.
    """
    cells = storage.scan(batch, storage.CELLS)
    status = storage.scan(batch, storage.RECORDS).select("_status").with_row_index("_n")
    cells = cells.with_columns(pl.col("_n").cast(pl.UInt32)).join(status, on="_n", how="left", maintain_order="left")
    if sheet is not None:
        cells = cells.filter(pl.col("_sheet") == sheet)
    if only is not None:
        cells = cells.filter(pl.col("_status") == only)
    frame = cells.slice(max(offset, 0), max(0, min(limit, MOST_ROWS))).collect()
    if frame.is_empty():
        return []
    first, last = int(frame["_row"].min() or 0), int(frame["_row"].max() or 0)  # type: ignore[arg-type]
    found = storage.scan(batch, storage.ISSUES).filter(pl.col("row").is_between(first, last)).collect()
    by_place: dict[tuple[str, int], list[Issue]] = {}
    for row in found.iter_rows(named=True):
        by_place.setdefault((row["sheet"], row["row"]), []).append(_issue(row))
    return [_row(batch, row, by_place.get((row["_sheet"], row["_row"]), [])) for row in frame.iter_rows(named=True)]


def _issue(row: dict[str, object]) -> Issue:
    return Issue(**{name: row[name] for name in Issue.__dataclass_fields__})  # type: ignore[arg-type]


def _row(batch: ImportBatch, row: dict[str, object], found: list[Issue]) -> PreviewRow:
    kind = Kind(int(str(row["_kind"])))
    texts = [row[name] for name in row if not name.startswith("_")]
    ledger = catalogue.get(batch.ledger)
    read_as = {number_of(at): name for at, name in batch.mapping.items() if name is not None}
    cells = []
    for index, text in enumerate(texts):
        name = read_as.get(index)
        shown = "" if text is None else str(text)
        if shown and name is not None and kind == Kind.DATA and ledger.field(name).personal:
            shown = shown_cell(ledger.field(name), shown)
        own = tuple(issue for issue in found if issue.column == letter(index))
        state = min((issue.level for issue in own), key=_WEIGHT.__getitem__, default="")
        cells.append(PreviewCell(letter(index), shown, name, "wrong" if state == "must_fix" else state, own))
    return PreviewRow(
        sheet=str(row["_sheet"]),
        row=int(str(row["_row"])),
        kind=kind.name.lower(),
        kind_label=kind.label,
        status=str(row["_status"] or ""),
        cells=cells,
        issues=tuple(found),
    )

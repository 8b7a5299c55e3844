"""Read and check a workbook into a pending batch. Nothing enters the ledger here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.journal.actions import action
from anju.kernel.ledgers.batches import ImportBatch
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.imports import columns, storage
from anju.kernel.ledgers.imports.errors import bureau_of, unknown_batch
from anju.kernel.ledgers.imports.examine import ALREADY, READY, TO_CONFIRM, WRONG, Examined, Progress, examine
from anju.kernel.ledgers.workbook import Reading, read_workbook
from anju.kernel.ledgers.workbook.rows import Kind

State = ImportBatch.State


def _silent(done: int, total: int) -> None:
    """Say nothing."""


def prepare_import(
    ledger: Ledger,
    path: Path,
    *,
    by: Actor,
    filename: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    update_existing: bool = False,
    again: bool = False,
    progress: Progress | None = None,
) -> ImportBatch:
    """Read the workbook at `path` and stage its rows as a batch, `pending` or, when something stands against all of it, `blocked`.

    `mapping`: column letters to field names (None: do not read the column); without it columns are matched by their labels and by what
    the bureau confirmed before. `update_existing`: a row whose key is known changes that record instead of being refused.
    `progress(done, total)`: rows checked. A file that this bureau has already imported into this ledger gives the batch of that time,
    unless `again`. Raises Forbidden without `ledgers.import`, AnjuError `workbook.*` for a file that cannot be read.
    """
    bureau_id = bureau_of(by)
    path = Path(path)
    digest = storage.digest_of(path)
    with using_scope(by.scope):
        earlier = None if again else _imported_before(ledger, bureau_id, digest, sheet or "")
        if earlier is not None:
            return earlier
        known = columns.remembered(ledger, bureau_id)
    reading = read_workbook(path, columns.wanted(ledger), sheet=sheet, mapping=mapping, remembered=known)
    examined = examine(ledger, reading, by=by, update_existing=update_existing, progress=progress or _silent)
    storage.keep_original(path, digest)
    stage = storage.new_stage(digest)
    _stage(digest, stage, reading, examined)
    batch = ImportBatch(
        ledger=ledger.name,
        version=ledger.version,
        region_code=by.region_code,
        bureau_id=bureau_id,
        filename=(filename or path.name)[-255:],
        digest=digest,
        size=path.stat().st_size,
        sheet=sheet or "",
        update_existing=update_existing,
        staged=stage,
        prepared_by=by.name,
    )
    _describe(batch, ledger, reading, examined)
    with action("ledgers.prepare_import", by=by) as entry:
        batch.save()
        entry.subject = f"ledgers_importbatch:{batch.pk}"
        entry.data = {"ledger": ledger.name, "file": batch.filename, "digest": digest, "rows": batch.rows, "state": batch.state}
    return batch


def remap(
    batch_id: int,
    mapping: Mapping[str, str | None],
    *,
    by: Actor,
    update_existing: bool | None = None,
    progress: Progress | None = None,
) -> ImportBatch:
    """Read the kept file of a pending or blocked batch again with other columns; the batch is discarded and the new one returned."""
    from anju.kernel.ledgers import catalogue
    from anju.kernel.ledgers.imports.confirm import discard_import

    bureau_of(by)
    with using_scope(by.scope):
        batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise unknown_batch(batch_id)
    with storage.original(batch) as kept:
        fresh = prepare_import(
            catalogue.get(batch.ledger),
            kept,
            by=by,
            filename=batch.filename,
            sheet=batch.sheet or None,
            mapping=mapping,
            update_existing=batch.update_existing if update_existing is None else update_existing,
            again=True,
            progress=progress,
        )
    discard_import(batch_id, by=by)
    return fresh


def _imported_before(ledger: Ledger, bureau_id: int, digest: str, sheet: str) -> ImportBatch | None:
    return ImportBatch.objects.filter(
        ledger=ledger.name, bureau_id=bureau_id, digest=digest, sheet=sheet, state=State.CONFIRMED, wrong=0
    ).first()


def _stage(digest: str, stage: str, reading: Reading, examined: Examined) -> None:
    storage.write(digest, stage, storage.RECORDS, examined.records)
    storage.write(digest, stage, storage.ISSUES, examined.issues)
    storage.write(digest, stage, storage.CELLS, _cells(reading))


def _cells(reading: Reading) -> pl.DataFrame:
    """Every row of the sheets read, as it stands: `_sheet`, `_row` from 1, `_kind`, `_n` (the record's index or null), cells."""
    width = max(len(table.columns) for table in reading.tables)
    frames = []
    for table in reading.tables:
        frame = pl.DataFrame([series.alias(str(index)) for index, series in enumerate(table.columns)])
        missing = [pl.lit(None, dtype=pl.String).alias(str(index)) for index in range(frame.width, width)]
        rows = pl.arange(1, frame.height + 1, eager=True, dtype=pl.UInt32)
        frames.append(
            frame.with_columns(*missing).with_columns(pl.lit(table.sheet).alias("_sheet"), rows.alias("_row"), table.kinds.alias("_kind"))
        )
    cells = pl.concat(frames)
    is_data = cells["_kind"] == int(Kind.DATA)
    number = is_data.cast(pl.Int64).cum_sum() - 1
    return cells.with_columns(pl.select(pl.when(is_data).then(number).alias("_n"))["_n"])


def _describe(batch: ImportBatch, ledger: Ledger, reading: Reading, examined: Examined) -> None:
    header = reading.header
    batch.sheets = [
        {"name": table.sheet, "header_row": table.header.bottom + 1, "rows": table.frame.height, "left_out": table.left_out}
        for table in reading.tables
    ]
    batch.header_row = header.bottom + 1
    batch.columns = columns.described(header, ledger)
    batch.mapping = columns.mapping_of(header)
    batch.signature = header.signature
    batch.notes = reading.notes
    batch.rows = examined.records.height
    batch.ready, batch.to_confirm = examined.count(READY), examined.count(TO_CONFIRM)
    batch.wrong, batch.already = examined.count(WRONG), examined.count(ALREADY)
    going_in = examined.records["_status"].is_in([READY, TO_CONFIRM])
    batch.changing = int((going_in & examined.records["_existing"].is_not_null()).sum())
    batch.issue_count = examined.issues.height + examined.more
    batch.blocking = examined.blocking
    batch.state = State.BLOCKED if batch.blocking else State.PENDING

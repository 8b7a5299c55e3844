"""Take a prepared batch into its ledger: one action, one transaction, all of it or nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import Forbidden, Problem
from anju.kernel.journal.actions import action
from anju.kernel.ledgers import catalogue, refusals
from anju.kernel.ledgers.batches import ImportBatch
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.imports import columns, errors, storage
from anju.kernel.ledgers.imports.examine import READY, TO_CONFIRM, Progress
from anju.kernel.ledgers.imports.writing import Outcome, write_records

State = ImportBatch.State


class _ConfirmedMeanwhile(Exception):
    """Somebody else confirmed the batch while we waited for it."""


def confirm_import(
    batch_id: int,
    *,
    by: Actor,
    accept_confirmations: bool = False,
    skip_rejected: bool = False,
    key: str | None = None,
    progress: Progress | None = None,
) -> ImportBatch:
    """Write the batch's rows into the ledger and return it; confirming a confirmed batch again does nothing.

    `accept_confirmations`: somebody has looked at what the check only asks about. `skip_rejected`: import the rest although some rows are
    wrong. `progress(done, total)`: rows written. Raises Forbidden, AnjuError `ledgers.unknown_batch`, `ledgers.batch_not_pending`,
    `ledgers.needs_confirming`, `ledgers.needs_fixing`, `ledgers.batch_out_of_date`; then nothing has been imported.
    """
    bureau_id = errors.bureau_of(by)
    batch = _find(batch_id, by)
    if batch.state == State.CONFIRMED:
        return batch
    _require_own(batch, bureau_id, by)
    ledger = _require_ready(batch, accept_confirmations=accept_confirmations, skip_rejected=skip_rejected)
    try:
        return _confirm(batch, ledger, by=by, key=key, progress=progress)
    except _ConfirmedMeanwhile:
        return _find(batch_id, by)


def discard_import(batch_id: int, *, by: Actor) -> ImportBatch:
    """Throw a pending or blocked batch away with its staged rows. Raises AnjuError `ledgers.batch_not_pending` for a confirmed one."""
    bureau_id = errors.bureau_of(by)
    batch = _find(batch_id, by)
    if batch.state == State.DISCARDED:
        return batch
    _require_own(batch, bureau_id, by)
    with action("ledgers.discard_import", by=by, subject=f"ledgers_importbatch:{batch.pk}") as entry:
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        if batch.state == State.CONFIRMED:
            raise errors.not_pending(batch.get_state_display())
        _close(batch, State.DISCARDED, by)
        entry.data = {"ledger": batch.ledger, "file": batch.filename}
    transaction.on_commit(lambda: storage.remove_stage(batch.digest, batch.staged))
    return batch


def _find(batch_id: int, by: Actor) -> ImportBatch:
    with using_scope(by.scope):
        batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise errors.unknown_batch(batch_id)
    return batch


def _require_own(batch: ImportBatch, bureau_id: int, by: Actor) -> None:
    if batch.bureau_id != bureau_id:
        raise Forbidden(
            Problem(code="ledgers.foreign_batch", where="", what=f"{by.name}不是上传单位的人员。", advice="请由上传单位的人员确认或放弃。")
        )


def _require_ready(batch: ImportBatch, *, accept_confirmations: bool, skip_rejected: bool) -> Ledger:
    ledger = catalogue.get(batch.ledger)
    if batch.state != State.PENDING:
        raise errors.not_pending(batch.get_state_display())
    if batch.version != ledger.version:
        raise errors.not_pending("是按旧版台账核对的")
    if batch.wrong and not skip_rejected:
        raise errors.needs_fixing(batch.wrong)
    open_points = batch.to_confirm + _about_the_sheet(batch)
    if open_points and not accept_confirmations:
        raise errors.needs_confirming(open_points)
    return ledger


def _about_the_sheet(batch: ImportBatch) -> int:
    issues = storage.read(batch, storage.ISSUES)
    return int(((issues["level"] == "confirm") & issues["n"].is_null()).sum())


def _confirm(batch: ImportBatch, ledger: Ledger, *, by: Actor, key: str | None, progress: Progress | None) -> ImportBatch:
    subject = f"ledgers_importbatch:{batch.pk}"
    with refusals.told_clearly(ledger), action("ledgers.confirm_import", by=by, subject=subject, key=key) as entry:
        if entry.repeated:
            return ImportBatch.objects.get(pk=entry.data["batch"])
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state == State.CONFIRMED:
            raise _ConfirmedMeanwhile
        if locked.state != State.PENDING:
            raise errors.not_pending(locked.get_state_display())
        records = storage.read(locked, storage.RECORDS)
        records = records.filter(records["_status"].is_in([READY, TO_CONFIRM]))
        outcome = write_records(ledger, locked, records, progress, by=by)
        _finish(locked, ledger, outcome, by)
        entry.data = {
            "batch": locked.pk,
            "ledger": ledger.name,
            "file": locked.filename,
            "digest": locked.digest,
            "added": outcome.added,
            "changed": outcome.changed,
            "already": locked.already,
            "confirmed_by_person": locked.to_confirm,
            "left_out": locked.wrong,
        }
    return locked


def _finish(batch: ImportBatch, ledger: Ledger, outcome: Outcome, by: Actor) -> None:
    batch.added, batch.changed = outcome.added, outcome.changed
    batch.already += outcome.already
    _close(batch, State.CONFIRMED, by)
    columns.remember(ledger, batch.signature, batch.mapping, region_code=batch.region_code, bureau_id=batch.bureau_id)


def _close(batch: ImportBatch, state: ImportBatch.State, by: Actor) -> None:
    batch.state, batch.closed_by, batch.closed_at = state, by.name, timezone.now()
    batch.save(update_fields=["state", "closed_by", "closed_at", "added", "changed", "already"])

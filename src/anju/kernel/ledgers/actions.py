"""The verbs of every ledger: add, change, change many, void."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db.models import F, Model
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.ledgers import catalogue, keeping, lookups, refusals
from anju.kernel.ledgers.checking import Checked, check_rows, home_of
from anju.kernel.ledgers.closing import close_period, reopen_period
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.parsing.reader import target_key
from anju.kernel.ledgers.values import as_text

__all__ = ["add_record", "change_record", "change_records", "close_period", "reopen_period", "void_record"]

MAX_CHANGED = 5_000


def add_record(ledger: Ledger, values: Mapping[str, Any], *, by: Actor, accept_confirmations: bool = False, key: str | None = None) -> int:
    """Add one record and return its id. `values`: what was written, by field; see `checking.check_rows`.

    `key`: the client's idempotency key; a repetition returns the first id. Raises AnjuError with every issue found; issues at level
    `confirm` are raised unless `accept_confirmations`.
    """
    by.require("ledgers.edit")
    bureau_id, _ = home_of(by)
    with refusals.told_clearly(ledger), action("ledgers.add_record", by=by, key=key) as entry:
        if entry.repeated:
            return int(entry.data["id"])
        checked = check_rows(ledger, _raw(ledger, [values]), by=by)
        _refuse(ledger, checked, accept_confirmations)
        typed = checked.frame.row(0, named=True)
        number = _written(ledger, checked, bureau_id, values, by)
        entry.subject = f"{ledger.record_table}:{number}"
        entry.region_code = typed["region_code"]
        entry.data = {"ledger": ledger.name, "id": number, "confirmed": _confirmed(checked)}
        return number


def change_record(
    ledger: Ledger,
    record_id: int,
    values: Mapping[str, Any],
    *,
    by: Actor,
    version: int,
    reason: str = "",
    accept_confirmations: bool = False,
) -> int:
    """Change the fields given and return the new version. `version`: the one the person saw.

    Raises AnjuError `ledger.changed_meanwhile` when somebody else was first, and every issue of the record as it would become.
    """
    return _change(ledger, [record_id], values, by, reason, accept_confirmations, {record_id: version})


def change_records(
    ledger: Ledger,
    record_ids: Sequence[int],
    values: Mapping[str, Any],
    *,
    by: Actor,
    reason: str,
    accept_confirmations: bool = False,
) -> int:
    """Change the same fields of many records in one action, all or none; returns how many. At most MAX_CHANGED.

    `reason` is required. Raises AnjuError with the issues of every record that would not do.
    """
    _require_reason(reason)
    if len(set(record_ids)) > MAX_CHANGED:
        raise AnjuError.of("ledger.too_many", f"一次最多修改{MAX_CHANGED}条。", where=ledger.title, advice="请缩小筛选范围。")
    _change(ledger, sorted(set(record_ids)), values, by, reason, accept_confirmations, {})
    return len(set(record_ids))


def void_record(ledger: Ledger, record_id: int, *, by: Actor, reason: str) -> None:
    """Mark a record void (作废): it stays with its history and counts no more. `reason` is required.

    Raises AnjuError `ledger.still_referenced` while a live record of another ledger names it.
    """
    by.require("ledgers.edit")
    _require_reason(reason)
    subject = f"{ledger.record_table}:{record_id}"
    with refusals.told_clearly(ledger), action("ledgers.void_record", by=by, subject=subject, reason=reason) as entry:
        record = _locked(ledger, [record_id], by)[0]
        _refuse_referenced(ledger, record)
        if ledger.kept:
            keeping.void(ledger, [record_id], by, reason)
        else:
            _rows(ledger).filter(pk=record_id).update(voided_at=timezone.now(), updated_at=timezone.now(), version=F("version") + 1)
        entry.data = {"ledger": ledger.name, "id": record_id}


def _change(
    ledger: Ledger,
    ids: Sequence[int],
    values: Mapping[str, Any],
    by: Actor,
    reason: str,
    accept: bool,
    versions: Mapping[int, int],
) -> int:
    by.require("ledgers.edit")
    subject = f"{ledger.record_table}:{ids[0]}" if len(ids) == 1 else ledger.record_table
    verb = "ledgers.change_record" if versions else "ledgers.change_records"
    with refusals.told_clearly(ledger), action(verb, by=by, subject=subject, reason=reason) as entry:
        records = _locked(ledger, ids, by)
        for record in records:
            if versions and record.version != versions[record.pk]:  # type: ignore[attr-defined]
                raise _changed_meanwhile(ledger)
        raw = _raw(ledger, [{**_as_written(ledger, record), **values} for record in records])
        checked = check_rows(ledger, raw, by=by, replacing=ids)
        _refuse(ledger, checked, accept)
        changed = _write_changes(ledger, records, checked, values, by)
        entry.data = {
            "ledger": ledger.name, "ids": list(ids), "fields": sorted(changed), "confirmed": _confirmed(checked),
            "personal_fields": sorted(name for name in changed if ledger.field(name).personal),
        }  # fmt: skip
        return int(records[0].version)  # type: ignore[attr-defined]


def _written(ledger: Ledger, checked: Checked, bureau_id: int, values: Mapping[str, Any], by: Actor) -> int:
    if ledger.kept:
        rows = checked.frame.with_columns(origin=pl.lit(None, pl.String), existing=pl.lit(None, pl.Int64))
        return int(ledger.keeper.write(keeping.Intake(ledger, rows, bureau_id, by, tuple(values)))[0])
    record = ledger.model(**checked.frame.row(0, named=True), bureau_id=bureau_id)
    record.save(force_insert=True)
    return int(record.pk)


def _write_changes(ledger: Ledger, records: list[Model], checked: Checked, values: Mapping[str, Any], by: Actor) -> set[str]:
    names = [*values] if ledger.place_field is None else [*values, "region_code"]
    changed: set[str] = set()
    for record, typed in zip(records, checked.frame.iter_rows(named=True), strict=True):
        changed |= {name for name in values if getattr(record, name) != typed[name]}
    if ledger.kept:
        numbers = pl.Series("existing", [record.pk for record in records], dtype=pl.Int64)
        rows = checked.frame.with_columns(numbers, origin=pl.lit(None, pl.String))
        ledger.keeper.write(keeping.Intake(ledger, rows, int(records[0].bureau_id), by, tuple(values)))  # type: ignore[attr-defined]
        for record in records:
            record.version += 1  # type: ignore[attr-defined]
        return changed
    for record, typed in zip(records, checked.frame.iter_rows(named=True), strict=True):
        for name in names:
            setattr(record, name, typed[name])
        record.version += 1  # type: ignore[attr-defined]
        record.updated_at = timezone.now()  # type: ignore[attr-defined]
    ledger.model._default_manager.bulk_update(records, [*names, "version", "updated_at"], batch_size=500)
    return changed


def _rows(ledger: Ledger) -> Any:
    return ledger.model._default_manager.filter(voided_at=None)


def _locked(ledger: Ledger, ids: Sequence[int], by: Actor) -> list[Model]:
    """The live records of the actor's scope and bureau, locked in order of id."""
    bureau_id, _ = home_of(by)
    rows = by.scope.narrow(_rows(ledger)).filter(pk__in=ids, bureau_id=bureau_id).order_by("pk")
    if ledger.kept:
        keeping.lock(ledger, ids)
    records = list(rows if ledger.kept else rows.select_for_update())
    if not ids or len(records) < len(ids):
        raise AnjuError.of("ledger.no_record", "没有这条记录，或已作废。", where=ledger.title, advice="请刷新列表后再办。")
    return records


def _as_written(ledger: Ledger, record: Model) -> dict[str, str]:
    written = {one.name: as_text(one, getattr(record, one.name)) for one in ledger.fields}
    for one in ledger.fields:
        target = getattr(record, one.name)
        if one.type == "reference" and target is not None:
            key = target_key(one)
            other = catalogue.get(one.reference).model._default_manager.filter(pk=target).values_list(key.name, flat=True).first()
            written[one.name] = as_text(key, other)
    return written


def _raw(ledger: Ledger, rows: list[Mapping[str, Any]]) -> pl.DataFrame:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pl.DataFrame([pl.Series(name, [row.get(name) for row in rows], dtype=pl.Object) for name in names])


def _refuse(ledger: Ledger, checked: Checked, accept: bool) -> None:
    stopping = [issue for issue in checked.issues if issue.level != "confirm" or not accept]
    if checked.already.any() and not stopping:
        raise AnjuError.of("ledger.exists", "已有完全相同的记录。", where=ledger.title, advice="不必重复登记；如属另一笔，请核对编号。")
    if stopping:
        many = checked.frame.height > 1
        raise AnjuError([issue.problem(ledger, f"第{issue.row + 1}条" if many else "") for issue in stopping[:200]])


def _confirmed(checked: Checked) -> list[str]:
    return sorted({f"{issue.code}:{issue.field or ''}" for issue in checked.issues if issue.level == "confirm"})


def _refuse_referenced(ledger: Ledger, record: Model) -> None:
    for other in catalogue.all_ledgers().values():
        for one in other.fields:
            if one.reference != ledger.name:
                continue
            number = lookups.referring(other, one, record.pk)
            if number:
                raise AnjuError.of(
                    "ledger.still_referenced",
                    f"“{other.title}”有{number}条记录引用它。",
                    where=ledger.title,
                    advice="请先更正或作废那些记录。",
                )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise AnjuError.of("ledger.no_reason", "没有写理由。", advice="批量修改和作废须写明理由，理由随动作留痕。")


def _changed_meanwhile(ledger: Ledger) -> AnjuError:
    return AnjuError.of(
        "ledger.changed_meanwhile", "这条记录在打开之后已被别人修改。", where=ledger.title, advice="请刷新，看过新的内容再改。"
    )

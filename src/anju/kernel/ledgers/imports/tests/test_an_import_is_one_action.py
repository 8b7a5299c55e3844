"""A workbook becomes a pending batch, and records only when somebody confirms it, in one journaled action."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.models import BulkChange, Change, Entry
from anju.kernel.journal.queries import count_changes_of
from anju.kernel.ledgers import actions
from anju.kernel.ledgers.batches import ColumnMapping, ImportBatch
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.history import history
from anju.kernel.ledgers.imports import confirm_import, discard_import, get_batch, issues, prepare_import, remap
from anju.kernel.ledgers.imports.storage import folder_of
from anju.kernel.ledgers.imports.tests.books import HEADER, book, record
from anju.kernel.ledgers.workbook.tests.books import xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_visible")]


def prepared(ledger: Ledger, tmp_path: Path, by: Actor, *rows: list[object], **options: object) -> ImportBatch:
    return prepare_import(ledger, book(tmp_path / "存量房.xlsx", rows), by=by, **options)  # type: ignore[arg-type]


def test_nothing_is_written_before_it_is_confirmed(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batch = prepared(contracts, tmp_path, county_clerk, record(1), record(2))
    assert (batch.state, batch.rows, batch.ready, batch.header_row) == ("pending", 2, 2, 3)
    assert contracts.model.objects.count() == 0


def test_confirmed_rows_are_typed_placed_and_traceable(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batch = confirm_import(prepared(contracts, tmp_path, county_clerk, record(1), record(2)).pk, by=county_clerk)
    assert (batch.state, batch.added, batch.closed_by) == ("confirmed", 2, county_clerk.name)
    first = contracts.model.objects.order_by("id").first()
    assert (first.contract_no, first.amount, first.area, first.use) == ("CL20230001", 45123400, Decimal("88.50"), "residential")
    assert (first.filed_on, first.region_code, first.bureau_id) == (datetime.date(2023, 3, 8), "990121", county_clerk.bureau_id)
    assert (first.batch_id, first.origin, first.version) == (batch.pk, "2023年!4", 1)


def test_one_entry_holds_every_row(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batch = confirm_import(prepared(contracts, tmp_path, county_clerk, record(1), record(2)).pk, by=county_clerk)
    entry = Entry.objects.get(verb="ledgers.confirm_import")
    assert entry.subject == f"ledgers_importbatch:{batch.pk}"
    assert (entry.data["added"], entry.data["file"]) == (2, "存量房.xlsx")
    assert set(Change.objects.filter(table=contracts.table).values_list("entry_id", flat=True)) == {entry.pk}
    assert Change.objects.filter(table=contracts.table).count() == 2


def test_a_long_book_is_one_entry_too(contracts: Ledger, county_clerk: Actor, system: Actor, tmp_path: Path) -> None:
    confirm_import(prepared(contracts, tmp_path, county_clerk, *(record(number) for number in range(1, 301))).pk, by=county_clerk)
    entry = Entry.objects.get(verb="ledgers.confirm_import")
    assert not Change.objects.filter(table=contracts.table).exists()
    assert {(one.entry_id, one.bureau_id) for one in BulkChange.objects.filter(table=contracts.table)} == {
        (entry.pk, county_clerk.bureau_id)
    }
    assert count_changes_of(entry.pk, system) > 300  # and the batch itself
    last = contracts.model.objects.latest("id")
    actions.change_record(contracts, last.pk, {"area": "90.5"}, by=county_clerk, version=1, reason="更正")
    added, changed = history(contracts, last.pk)
    assert (added.kind, added.entry and added.entry.pk, changed.kind) == ("added", entry.pk, "changed")
    assert added.after == changed.before
    assert [(one.label, one.before, one.after) for one in changed.differences] == [("建筑面积", "88.50", "90.50")]
    assert {one.field for one in added.differences} >= {"contract_no", "area", "filed_on"}


def test_the_same_file_twice_adds_nothing(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    first = confirm_import(prepared(contracts, tmp_path, county_clerk, record(1)).pk, by=county_clerk)
    assert confirm_import(first.pk, by=county_clerk).added == 1
    assert prepare_import(contracts, tmp_path / "存量房.xlsx", by=county_clerk).pk == first.pk
    again = prepare_import(contracts, tmp_path / "存量房.xlsx", by=county_clerk, again=True)
    assert (again.rows, again.ready, again.already) == (1, 0, 1)
    assert confirm_import(again.pk, by=county_clerk).added == 0
    assert contracts.model.objects.count() == 1
    assert Entry.objects.filter(verb="ledgers.confirm_import").count() == 2


def test_two_pending_batches_of_one_file_add_it_once(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batches = [prepared(contracts, tmp_path, county_clerk, record(1), record(2)) for _ in range(2)]
    assert [confirm_import(batch.pk, by=county_clerk).added for batch in batches] == [2, 0]
    assert ImportBatch.objects.get(pk=batches[1].pk).already == 2


def test_a_row_known_with_other_values_must_be_fixed_or_meant(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    confirm_import(prepared(contracts, tmp_path, county_clerk, record(1), record(2)).pk, by=county_clerk)
    rows = [record(1), record(2, 成交金额=50), record(3)]
    batch = prepared(contracts, tmp_path, county_clerk, *rows)
    assert (batch.ready, batch.already, batch.wrong) == (1, 1, 1)
    (issue,) = issues(batch)
    assert (issue.code, issue.level, issue.cell, issue.value) == ("ledger.exists", "must_fix", "B5", "CL20230002")
    meant = prepared(contracts, tmp_path, county_clerk, *rows, update_existing=True)
    assert (meant.ready, meant.changing, meant.already, meant.wrong) == (2, 1, 1, 0)
    done = confirm_import(meant.pk, by=county_clerk)
    assert (done.added, done.changed, done.already) == (1, 1, 1)
    changed = contracts.model.objects.get(contract_no="CL20230002")
    assert (changed.amount, changed.version) == (50000000, 2)
    assert Change.objects.filter(table=contracts.table, operation="U").count() == 1


def test_a_batch_overtaken_by_a_record_is_refused_whole(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batch = prepared(contracts, tmp_path, county_clerk, record(1), record(2))
    confirm_import(prepared(contracts, tmp_path, county_clerk, record(2, 成交金额=1)).pk, by=county_clerk)
    with pytest.raises(AnjuError, match="ledgers.batch_out_of_date"):
        confirm_import(batch.pk, by=county_clerk)
    assert contracts.model.objects.count() == 1
    assert ImportBatch.objects.get(pk=batch.pk).state == "pending"


def test_rows_to_look_at_need_somebody_to_look(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batch = prepared(contracts, tmp_path, county_clerk, record(1), record(2, **{"建筑面积（㎡）": 600}))
    assert (batch.ready, batch.to_confirm) == (1, 1)
    with pytest.raises(AnjuError, match="ledgers.needs_confirming"):
        confirm_import(batch.pk, by=county_clerk)
    assert confirm_import(batch.pk, by=county_clerk, accept_confirmations=True).added == 2


def test_a_wrong_total_needs_somebody_to_look(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [record(1)], below=[["合计", *[None] * 6, 46]])
    batch = prepare_import(contracts, path, by=county_clerk)
    assert (batch.ready, batch.issue_count) == (1, 1)
    with pytest.raises(AnjuError, match="ledgers.needs_confirming"):
        confirm_import(batch.pk, by=county_clerk)


def test_wrong_rows_stay_out_only_when_said(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batch = prepared(contracts, tmp_path, county_clerk, record(1), record(2, 用途="厂房"))
    with pytest.raises(AnjuError, match="ledgers.needs_fixing"):
        confirm_import(batch.pk, by=county_clerk)
    assert contracts.model.objects.count() == 0
    assert confirm_import(batch.pk, by=county_clerk, skip_rejected=True).added == 1


def test_a_blocked_batch_cannot_be_confirmed_but_mapped_again(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    header = [{"备案日期": "登记日"}.get(label, label) for label in HEADER]
    path = xlsx(tmp_path / "a.xlsx", {"表": [header, record(1, 成交金额=450000)]})
    batch = prepare_import(contracts, path, by=county_clerk)
    assert (batch.state, issues(batch)[0].code) == ("blocked", "workbook.missing_columns")
    with pytest.raises(AnjuError, match="ledgers.batch_not_pending"):
        confirm_import(batch.pk, by=county_clerk)
    mapped = remap(batch.pk, {**batch.mapping, "I": "filed_on"}, by=county_clerk)
    assert (mapped.state, mapped.ready) == ("pending", 1)
    assert get_batch(batch.pk, by=county_clerk).state == "discarded"
    confirm_import(mapped.pk, by=county_clerk)
    next_month = prepare_import(contracts, xlsx(tmp_path / "b.xlsx", {"表": [header, record(2, 成交金额=450000)]}), by=county_clerk)
    assert (next_month.state, next_month.ready) == ("pending", 1)
    assert ColumnMapping.objects.count() == 1


def test_a_discarded_batch_leaves_no_rows_behind(
    contracts: Ledger, county_clerk: Actor, tmp_path: Path, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def]
    batch = prepared(contracts, tmp_path, county_clerk, record(1))
    with django_capture_on_commit_callbacks(execute=True):
        discard_import(batch.pk, by=county_clerk)
    assert not (folder_of(batch.digest) / batch.staged).exists()
    assert (folder_of(batch.digest) / "original").exists()
    with pytest.raises(AnjuError, match="ledgers.batch_not_pending"):
        confirm_import(batch.pk, by=county_clerk)


def test_a_closed_period_takes_no_rows(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batch = prepared(contracts, tmp_path, county_clerk, record(1))
    actions.close_period(contracts, datetime.date(2023, 3, 31), by=county_clerk)
    with pytest.raises(AnjuError, match="ledger.closed"):
        confirm_import(batch.pk, by=county_clerk)
    assert contracts.model.objects.count() == 0
    (issue,) = issues(prepared(contracts, tmp_path, county_clerk, record(1)))
    assert (issue.code, issue.cell) == ("ledger.closed", "I4")


def test_only_who_may_import_may(
    contracts: Ledger, county_clerk: Actor, city_reader: Actor, other_county_clerk: Actor, tmp_path: Path
) -> None:
    batch = prepared(contracts, tmp_path, county_clerk, record(1))
    with pytest.raises(Forbidden):
        prepared(contracts, tmp_path, city_reader, record(1))
    with pytest.raises(Forbidden):
        confirm_import(batch.pk, by=city_reader)
    for verb in (confirm_import, discard_import):
        with pytest.raises(AnjuError, match="ledgers.unknown_batch"):
            verb(batch.pk, by=other_county_clerk)


def test_the_neighbour_imports_the_same_file_for_itself(
    contracts: Ledger, county_clerk: Actor, other_county_clerk: Actor, tmp_path: Path
) -> None:
    confirm_import(prepared(contracts, tmp_path, county_clerk, record(1)).pk, by=county_clerk)
    assert confirm_import(prepared(contracts, tmp_path, other_county_clerk, record(1)).pk, by=other_county_clerk).added == 1
    assert set(contracts.model.objects.values_list("region_code", flat=True)) == {"990121", "990122"}


def test_progress_tells_rows_done(contracts: Ledger, county_clerk: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from anju.kernel.ledgers.imports import writing

    monkeypatch.setattr(writing, "ROWS_AT_ONCE", 2)
    told: list[tuple[int, int]] = []
    batch = prepared(contracts, tmp_path, county_clerk, *map(record, range(1, 6)), progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 5), (5, 5)]
    told.clear()
    confirm_import(batch.pk, by=county_clerk, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 5), (4, 5), (5, 5)]

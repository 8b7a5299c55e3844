"""A chunk of a bulk insert is sealed as one leaf; what is done to it, and to the rows it speaks of, is found and named."""

from __future__ import annotations

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import Block, BulkChange
from anju.kernel.journal.proof import export_proof, verify_proof
from anju.kernel.journal.sealing import seal
from anju.kernel.journal.tests.bulk import add_houses, chunks, make_table, query
from anju.kernel.journal.tests.conftest import Tamper
from anju.kernel.journal.tests.history import found
from anju.kernel.journal.verifying import verify


@pytest.fixture
def entry(new_house: str) -> int:
    """1000 rows in one statement (four chunks), one of them changed since, one removed; all sealed. The entry's number."""
    make_table()
    number = add_houses(1, 1000)
    add_houses(1001, 1010)
    with_entry("UPDATE probe_houses SET address = '改后' WHERE id = 10")
    with_entry("DELETE FROM probe_houses WHERE id = 11")
    seal()
    return number


def with_entry(statement: str) -> None:
    with action("probe.change", by=Actor.system("测试")):
        query(statement)


def named(chunk: BulkChange) -> str:
    return f"批量新增 {chunk.pk}（probe_houses 第{chunk.row_first}至{chunk.row_last}行，共{chunk.rows}行）"


def test_an_honest_bulk_insert_is_whole_and_proven(entry: int) -> None:
    block = Block.objects.get()
    # Three entries beside the bulk one; ten single inserts, an update and a removal beside the four chunks.
    assert (block.entries, block.changes) == (4, len(chunks()) + 12)
    assert len(chunks()) == 4
    assert verify() == []
    assert verify_proof(export_proof(entry))
    assert seal() == []


@pytest.mark.parametrize(
    "edit",
    [
        "images = replace(images, '东原县', '西屏县')",
        "images = replace(images, 'null', ' null')",
        "region_code = '990199'",
        "rows = rows + 1",
    ],
)
def test_an_edited_chunk(entry: int, tamper: Tamper, edit: str) -> None:
    chunk = chunks()[2]
    tamper(f"UPDATE journal_bulk SET {edit} WHERE id = %s", chunk.pk)
    assert ("journal.row_edited", named(chunks()[2])) in found()


def test_an_edited_chunk_with_the_rows_brought_into_line(entry: int, tamper: Tamper) -> None:
    chunk = chunks()[2]
    tamper("UPDATE journal_bulk SET images = replace(images, '东原县', '西屏县') WHERE id = %s", chunk.pk)
    tamper(
        "UPDATE probe_houses SET address = replace(address, '东原县', '西屏县') WHERE bureau_id = %s AND id BETWEEN %s AND %s",
        chunk.bureau_id, chunk.row_first, chunk.row_last,
    )  # fmt: skip
    assert found() == {("journal.row_edited", named(chunk))}


def test_values_of_two_rows_exchanged(entry: int, tamper: Tamper) -> None:
    chunk = chunks()[0]
    tamper(
        "UPDATE journal_bulk SET images = replace(replace(replace(images, ' 4,', ' x,'), ' 6,', ' 4,'), ' x,', ' 6,') WHERE id = %s",
        chunk.pk,
    )
    told = found()
    assert ("journal.row_edited", named(chunk)) in told
    assert {("journal.row_differs", "probe_houses:4"), ("journal.row_differs", "probe_houses:6")} <= told


def test_a_removed_chunk(entry: int, tamper: Tamper) -> None:
    chunk = chunks()[3]
    tamper("DELETE FROM journal_bulk WHERE id = %s", chunk.pk)
    told = found()
    assert ("journal.row_removed", f"批量新增 {chunk.pk}（事务 {chunk.transaction}）") in told
    assert ("journal.row_without_image", f"probe_houses:{chunk.row_first}") in told


def test_a_chunk_slipped_in(entry: int, tamper: Tamper) -> None:
    chunk = chunks()[0]
    tamper(
        'INSERT INTO journal_bulk SELECT 999999, entry_id, transaction, "table", primary_key, row_first, row_last, rows, images,'
        " region_code, bureau_id FROM journal_bulk WHERE id = %s",
        chunk.pk,
    )
    told = found()
    assert ("journal.row_inserted", f"批量新增 999999（probe_houses 第{chunk.row_first}至{chunk.row_last}行，共{chunk.rows}行）") in told
    assert ("journal.image_gap", f"批量新增 999999（probe_houses:{chunk.row_first}）") in told


def test_two_chunks_exchanged(entry: int, tamper: Tamper) -> None:
    first, second = chunks()[:2]
    for old, new in ((first.pk, 999999), (second.pk, first.pk), (999999, second.pk)):
        tamper("UPDATE journal_bulk SET id = %s WHERE id = %s", new, old)
    assert {code for code, _ in found()} == {"journal.row_edited"}


def test_a_bulk_insert_outside_an_action(entry: int) -> None:
    query("INSERT INTO probe_houses (id) SELECT n FROM generate_series(5121, 5320) n")
    chunk = chunks()[-1]
    assert found() == {("journal.change_without_entry", f"批量新增 {chunk.pk}（probe_houses:5121至5320）")}


def test_a_bulk_insert_hung_on_an_earlier_action(entry: int) -> None:
    query("SELECT set_config('anju.entry', %s, false)", str(entry))
    query("INSERT INTO probe_houses (id) SELECT n FROM generate_series(5121, 5320) n")
    query("SELECT set_config('anju.entry', '', false)")
    chunk = chunks()[-1]
    assert found() == {("journal.transaction_differs", f"批量新增 {chunk.pk}（probe_houses:5121至5320）")}


@pytest.mark.parametrize(
    ("statement", "code", "row"),
    [
        ("UPDATE probe_houses SET amount = 1 WHERE id = 500", "journal.row_differs", "500"),
        ("UPDATE probe_houses SET area = NULL WHERE id = 501", "journal.row_differs", "501"),
        ("DELETE FROM probe_houses WHERE id = 1000", "journal.row_vanished", "1000"),
        ("INSERT INTO probe_houses (id) VALUES (1011)", "journal.row_without_image", "1011"),
        ("INSERT INTO probe_houses (id) VALUES (11)", "journal.row_should_be_gone", "11"),
    ],
)
def test_a_row_of_a_chunk_changed_behind_the_journal(entry: int, tamper: Tamper, statement: str, code: str, row: str) -> None:
    tamper(statement)
    assert found() == {(code, f"probe_houses:{row}")}


def test_a_row_changed_in_silence_before_an_honest_change(entry: int, tamper: Tamper) -> None:
    tamper("UPDATE probe_houses SET amount = 1 WHERE id = 500")
    with_entry("UPDATE probe_houses SET address = '后改' WHERE id = 500")
    ((number,),) = query("SELECT max(id) FROM journal_change")
    assert found() == {("journal.image_gap", f"变更 {number}（probe_houses:500）")}


def test_a_column_added_later_is_no_difference(entry: int, tamper: Tamper) -> None:
    tamper("ALTER TABLE probe_houses ADD COLUMN remark text DEFAULT ''")
    assert verify() == []
    add_houses(2001, 2300)
    assert verify() == []


def test_the_trigger_that_keeps_chunks_dropped(entry: int, tamper: Tamper) -> None:
    tamper("DROP TRIGGER append_only ON journal_bulk")
    assert found() == {("journal.trigger_missing", "journal_bulk")}

"""Blocks hold what has ended, once, in a chain."""

from __future__ import annotations

import json
import os
import threading

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction
from psycopg.conninfo import make_conninfo

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.models import Block, BulkChange, Change, Entry
from anju.kernel.journal.proof import export_proof
from anju.kernel.journal.roots import roots_file
from anju.kernel.journal.sealing import seal
from anju.kernel.journal.tests.history import add_region
from anju.kernel.journal.verifying import verify


def sealed_rows() -> int:
    return sum(block.entries + block.changes for block in Block.objects.all())


def all_rows() -> int:
    with using_scope(Scope.system()):
        return Entry.objects.count() + Change.objects.count() + BulkChange.objects.count()


def test_everything_that_ended_is_sealed_once(new_house: str) -> None:
    add_region("97")
    seal()
    assert sealed_rows() == all_rows()
    assert seal() == []
    add_region("98")
    assert [(block.entries, block.changes) for block in seal()] == [(1, 1)]
    assert verify() == []


def test_a_backlog_becomes_blocks_of_limited_size(fresh_db: str) -> None:
    rows = all_rows()
    blocks = seal(block_leaves=10_000)
    assert len(blocks) == -(-rows // 10_000)
    assert max(block.entries + block.changes for block in blocks) == 10_000
    assert [block.previous for block in blocks[1:]] == [block.hash for block in blocks[:-1]]
    assert verify() == []


def test_a_transaction_still_open_holds_back_what_comes_after_it(new_house: str) -> None:
    seal()
    with psycopg.connect(make_conninfo(os.environ["ANJU_TEST_ADMIN_URL"], dbname=new_house)) as slow:
        slow.execute("SELECT pg_current_xact_id()")
        add_region("98")
        assert seal() == []
    assert [block.entries for block in seal()] == [1]


def test_two_at_once_seal_everything_once(fresh_db: str) -> None:
    made: list[int] = []

    def work() -> None:
        try:
            made.extend(block.number for block in seal(block_leaves=20_000))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(made) == list(range(1, len(made) + 1))
    assert sealed_rows() == all_rows()


def test_the_hashes_are_also_kept_outside_the_database(history: str) -> None:
    lines = [json.loads(line) for line in roots_file().read_text().splitlines()]
    mine = {line["number"]: line["hash"] for line in lines if line["database"] == history}
    assert mine == dict(Block.objects.values_list("number", "hash"))


def test_the_application_cannot_change_a_block(history: str) -> None:
    for attempt in (lambda: Block.objects.update(root=""), lambda: Block.objects.all().delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            attempt()
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic(using="owner"):
        Block.objects.using("owner").update(root="")


def test_an_entry_not_sealed_yet_has_no_proof(history: str) -> None:
    with pytest.raises(AnjuError, match="journal.not_sealed"):
        export_proof(add_region("95"))
    with pytest.raises(AnjuError, match="journal.unknown_entry"):
        export_proof(10**9)

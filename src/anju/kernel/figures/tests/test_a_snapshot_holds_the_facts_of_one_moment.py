"""A snapshot holds the live rows of every fact as of one moment, and a refresh exports only what changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, connections, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import segments, snapshots
from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.facts import Column, Fact, Source
from anju.kernel.figures.manifest import BUCKET_IDS
from anju.kernel.figures.tests import samples
from anju.kernel.figures.tests.samples import add, change, sale, void
from anju.kernel.journal.actions import action

ROWS = Aggregate(fact="sample_sale", kind="count")
AMOUNT = Aggregate(fact="sample_sale", kind="sum", column="amount")

Facts = dict[str, Fact]


def values(snapshot: Any) -> list[int | None]:
    return [result.value for result in DuckDBEngine(snapshot).run([ROWS, AMOUNT])]


def test_before_the_first_refresh_there_is_none(sales: Facts) -> None:
    with pytest.raises(AnjuError, match="figures.no_snapshot"):
        snapshots.current()


def test_an_empty_fact_is_there_with_no_rows(sales: Facts) -> None:
    assert values(snapshots.refresh(facts=sales)) == [0, 0]


def test_voided_rows_are_left_out(sales: Facts, system: Actor) -> None:
    first, _ = add(system, sale(amount=100), sale(amount=23))
    assert values(snapshots.refresh(facts=sales)) == [2, 123]
    void(system, first)
    assert values(snapshots.refresh(facts=sales)) == [1, 23]


def test_only_changed_buckets_are_exported_again(sales: Facts, system: Actor) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE figures_sample ALTER id RESTART WITH %s" % (BUCKET_IDS - 1))
    ids = add(system, sale(amount=1), sale(amount=2), sale(amount=3))
    before = snapshots.refresh(facts=sales).manifest.facts["sample_sale"].segments
    assert [segment.rows for segment in before] == [1, 2]
    change(system, ids[2], amount=30)
    latest = snapshots.refresh(facts=sales)
    after = latest.manifest.facts["sample_sale"].segments
    assert after[0] == before[0]
    assert after[1].digest != before[1].digest
    assert values(latest) == [3, 33]


def test_rows_inserted_in_bulk_are_exported_with_their_buckets(sales: Facts, system: Actor) -> None:
    add(system, sale(amount=1))
    before = snapshots.refresh(facts=sales).manifest.facts["sample_sale"].segments
    insert = "INSERT INTO figures_sample (id, region_code, bureau_id, amount) SELECT n, '990121', 1, 10 FROM generate_series(%s, %s) n"
    with action("sample.add", by=system), connection.cursor() as cursor:
        cursor.execute(insert, [2 * BUCKET_IDS - 150, 2 * BUCKET_IDS + 149])
    latest = snapshots.refresh(facts=sales)
    after = latest.manifest.facts["sample_sale"].segments
    assert [(segment.bucket, segment.rows) for segment in after] == [(0, 1), (1, 150), (2, 150)]
    assert after[0] == before[0]
    assert values(latest) == [301, 3001]
    assert snapshots.refresh(facts=sales).pk == latest.pk


def test_nothing_changed_is_the_same_snapshot(sales: Facts, system: Actor) -> None:
    add(system, sale())
    assert snapshots.refresh(facts=sales).pk == snapshots.refresh(facts=sales).pk == snapshots.current().pk


def test_the_same_rows_give_the_same_files(sales: Facts, system: Actor) -> None:
    (number,) = add(system, sale(amount=7))
    first = snapshots.refresh(facts=sales)
    change(system, number, amount=8)
    assert snapshots.refresh(facts=sales).digest != first.digest
    change(system, number, amount=7)
    again = snapshots.refresh(facts=sales)
    assert (again.digest, again.pk != first.pk) == (first.digest, True)


def test_a_change_open_during_one_refresh_is_in_the_next(sales: Facts, system: Actor) -> None:
    add(system, sale(amount=1))
    with transaction.atomic():
        add(system, sale(amount=10))
        # The export reads over its own connection and cannot see what is not committed here.
        assert values(snapshots.refresh(facts=sales)) == [1, 1]
    assert values(snapshots.refresh(facts=sales)) == [2, 11]


def test_a_bucket_that_lost_its_last_row_has_no_segment(sales: Facts, system: Actor) -> None:
    (number,) = add(system, sale())
    snapshots.refresh(facts=sales)
    void(system, number)
    assert snapshots.refresh(facts=sales).manifest.facts["sample_sale"].segments == ()


def test_another_definition_exports_the_fact_anew(sales: Facts, system: Actor) -> None:
    add(system, sale(amount=5))
    snapshots.refresh(facts=sales)
    fact = sales["sample_sale"]
    source = Source(fact.sources[0].table, {**fact.sources[0].expressions, "twice": "amount * 2"}, fact.sources[0].live)
    wider = Fact(fact.name, fact.title, {**fact.columns, "twice": Column("twice", "两倍", "money", "元", 100)}, (source,))
    with samples.declared(wider) as facts:
        latest = snapshots.refresh(facts=facts)
    twice = Aggregate(fact="sample_sale", kind="sum", column="twice")
    assert DuckDBEngine(latest).run([twice])[0].value == 10


def test_an_older_snapshot_says_which_column_it_lacks(sales: Facts, system: Actor) -> None:
    snapshot = snapshots.refresh(facts=sales)
    with pytest.raises(AnjuError, match="figures.column_absent"):
        DuckDBEngine(snapshot).run([Aggregate(fact="sample_sale", kind="sum", column="twice")])
    with pytest.raises(AnjuError, match="figures.fact_absent"):
        DuckDBEngine(snapshot).run([Aggregate(fact="other", kind="count")])


def test_a_missing_file_is_named_and_made_again(sales: Facts, system: Actor) -> None:
    add(system, sale(amount=9))
    snapshot = snapshots.refresh(facts=sales)
    (segment,) = snapshot.manifest.facts["sample_sale"].segments
    segments.path_of("sample_sale", segment.digest).unlink()
    with pytest.raises(AnjuError, match=f"{segment.digest}.*figures.segment_missing"):
        values(snapshot)
    assert values(snapshots.refresh(facts=sales)) == [1, 9]


def test_an_altered_file_is_found(sales: Facts, system: Actor) -> None:
    add(system, sale(amount=9))
    snapshot = snapshots.refresh(facts=sales)
    assert values(snapshot) == [1, 9]
    (segment,) = snapshot.manifest.facts["sample_sale"].segments
    path = segments.path_of("sample_sale", segment.digest)
    assert path.stat().st_mode & 0o222 == 0
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    with pytest.raises(AnjuError, match="figures.segment_altered"):
        values(snapshot)


def test_the_export_sees_every_bureau_and_a_reader_only_their_own(sales: Facts, system: Actor) -> None:
    add(system, sale(region_code="990121"), sale(region_code="990122"))
    assert values(snapshots.refresh(facts=sales))[0] == 2
    with using_scope(Scope("990122")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fact_sample_sale")
        assert cursor.fetchone() == (1,)

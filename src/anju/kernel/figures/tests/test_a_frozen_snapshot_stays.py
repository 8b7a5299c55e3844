"""What a frozen figure was computed on is kept for ever and gives the same digits and digest again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import segments, snapshots
from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.facts import Fact
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.tests import samples
from anju.kernel.journal.models import Entry

AMOUNT = Aggregate("sample_sale", "sum", "amount")
LATER = timedelta(days=400)


def test_recomputed_after_everything_changed(sales: dict[str, Fact], system: Actor) -> None:
    numbers = samples.add(system, *[samples.sale(amount=number) for number in range(100)])
    old = snapshots.freeze(snapshots.refresh(facts=sales), by=system, reason="半年报告")
    before = DuckDBEngine(old).run([AMOUNT]), DuckDBEngine(old).prove([AMOUNT])
    for number in numbers[:3]:
        samples.change(system, number, amount=10**9)
        samples.void(system, number + 10)
        snapshots.refresh(facts=sales)
    snapshots.prune(now=timezone.now() + LATER)
    segments.forget_checks()
    assert Snapshot.objects.count() == 2
    again = snapshots.get(old.pk)
    assert (DuckDBEngine(again).run([AMOUNT]), DuckDBEngine(again).prove([AMOUNT])) == before
    assert DuckDBEngine(snapshots.current()).run([AMOUNT]) != before[0]
    snapshots.verify(again)


def test_pruning_keeps_what_is_named(sales: dict[str, Fact], system: Actor, own_home: Path) -> None:
    (number,) = samples.add(system, samples.sale(amount=0))
    taken = [snapshots.refresh(facts=sales)]
    for amount in (1, 2):
        samples.change(system, number, amount=amount)
        taken.append(snapshots.refresh(facts=sales))
    assert snapshots.prune() == 0
    assert Snapshot.objects.count() == 3
    assert snapshots.prune(now=timezone.now() + LATER) == 2
    assert [snapshot.pk for snapshot in Snapshot.objects.all()] == [taken[-1].pk]
    with pytest.raises(AnjuError, match="figures.unknown_snapshot"):
        snapshots.get(taken[0].pk)


def test_freezing_is_in_the_journal_with_the_digest(sales: dict[str, Fact], system: Actor) -> None:
    snapshot = snapshots.refresh(facts=sales)
    snapshots.freeze(snapshot, by=system)
    snapshots.freeze(snapshot, by=system)
    with using_scope(Scope.system()):
        entry = Entry.objects.filter(verb="figures.freeze_snapshot").first()
    assert entry is not None
    assert entry.data["digest"] == snapshot.digest
    assert snapshots.get(snapshot.pk).frozen


def test_the_database_refuses_to_change_one(sales: dict[str, Fact], system: Actor) -> None:
    snapshot = snapshots.refresh(facts=sales)
    for values in ({"digest": "0" * 64}, {"manifest_data": {}}):
        with pytest.raises(DatabaseError, match="figures.snapshot_fixed"), transaction.atomic():
            Snapshot.objects.filter(pk=snapshot.pk).update(**values)
    snapshots.freeze(snapshot, by=system)
    with pytest.raises(DatabaseError, match="figures.snapshot_fixed"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(frozen_at=None)
    with pytest.raises(DatabaseError, match="figures.snapshot_frozen"), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).delete()


def test_an_altered_manifest_is_found(sales: dict[str, Fact], system: Actor) -> None:
    samples.add(system, samples.sale())
    snapshot = snapshots.refresh(facts=sales)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE figures_snapshot DISABLE TRIGGER fixed")
        cursor.execute("UPDATE figures_snapshot SET manifest_data = jsonb_set(manifest_data, '{sample_sale,segments}', '[]')")
    with pytest.raises(AnjuError, match="figures.manifest_altered"):
        snapshots.verify(snapshots.get(snapshot.pk))

"""Snapshots of the facts: taken consistently, refreshed by what changed, immutable once something is frozen on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import changes, segments
from anju.kernel.figures.export import export, reading
from anju.kernel.figures.facts import Fact, Source, all_facts
from anju.kernel.figures.manifest import FactSegments, Manifest, Segment
from anju.kernel.figures.models import Snapshot
from anju.kernel.journal.actions import action

Progress = Callable[[str], None]
KEEP = timedelta(hours=1)
"""How long a superseded snapshot and a file nobody names are left alone: somebody may still be reading, or about to name it."""


def current() -> Snapshot:
    """The newest snapshot. Raises AnjuError `figures.no_snapshot` before the first refresh."""
    newest = Snapshot.objects.order_by("-id").first()
    if newest is None:
        raise AnjuError.of("figures.no_snapshot", "还没有指标快照。", advice="请先刷新快照（anju figures 会自动刷新）。")
    return newest


def get(number: int) -> Snapshot:
    """A snapshot by its number. Raises AnjuError `figures.unknown_snapshot`."""
    found = Snapshot.objects.filter(pk=number).first()
    if found is None:
        raise AnjuError.of("figures.unknown_snapshot", f"没有第{number}号快照，可能已被清理。", advice="请改用当前快照。")
    return found


def refresh(progress: Progress | None = None, *, facts: Mapping[str, Fact] | None = None) -> Snapshot:
    """Bring the snapshot up to what is committed now and return it; the same one when no fact changed.

    Only buckets with rows changed since the newest snapshot are exported; every other segment is used again. Refreshes wait for each
    other. Killed at any point it leaves the earlier snapshot as it was, and at most files that `prune` removes. `facts`: all of them
    by default.
    """
    facts = all_facts() if facts is None else facts
    newest = Snapshot.objects.order_by("-id").first()
    if newest is not None and _is_up_to_date(newest, facts):
        return newest
    with reading() as cursor:
        origin = changes.origin(cursor)
        visible, at = changes.moment(cursor)
        earlier = Snapshot.objects.order_by("-id").first()
        base = earlier.manifest if earlier is not None and earlier.origin == origin else Manifest()
        since = earlier.visible if earlier is not None and base.facts else None
        made = {fact.name: each for fact, each in _exported(cursor, facts, base, since, progress)}
        manifest = Manifest(made)
        if earlier is not None and since is not None and manifest.data() == earlier.manifest_data:
            return earlier
        return Snapshot.objects.create(taken_at=at, visible=visible, origin=origin, manifest_data=manifest.data(), digest=manifest.digest())


def _is_up_to_date(newest: Snapshot, facts: Mapping[str, Fact]) -> bool:
    # Pages ask at every request; most of the time a look into the journal over the open connection is enough.
    held = newest.manifest.facts
    if {name: fact.fingerprint for name, fact in facts.items()} != {name: each.fingerprint for name, each in held.items()}:
        return False
    if not all(segments.is_present(name, segment) for name, segment in newest.manifest.files()):
        return False
    tables = {source.table for fact in facts.values() for source in fact.sources} | {
        each for fact in facts.values() for each in fact.follows
    }
    with using_scope(Scope.system()), connection.cursor() as cursor:
        return changes.origin(cursor) == newest.origin and not changes.changed_tables(cursor, tables, newest.visible)


def _exported(
    cursor: Any, facts: Mapping[str, Fact], base: Manifest, since: str | None, progress: Progress | None
) -> Iterator[tuple[Fact, FactSegments]]:
    tables = {source.table for fact in facts.values() for source in fact.sources}
    followed = {table for fact in facts.values() for table in fact.follows}
    changed = changes.changed_buckets(cursor, tables, since) if since else {}
    moved = changes.changed_tables(cursor, followed, since) if since else set()
    for name in sorted(facts):
        fact = facts[name]
        before = base.facts.get(name)
        again = before is not None and before.fingerprint == fact.fingerprint and not moved & set(fact.follows)
        fresh = FactSegments(fingerprint=fact.fingerprint, kinds=fact.kinds())
        for source in fact.sources:
            if before is not None and again:
                kept = _refreshed(cursor, fact, source, before, changed.get(source.table, set()))
            else:
                kept = export(cursor, fact, source, None)
            fresh = replace(fresh, segments=fresh.segments + tuple(kept))
        if progress is not None:
            progress(f"{fact.title}：{fresh.rows}行")
        yield fact, fresh


def _refreshed(cursor: Any, fact: Fact, source: Source, before: FactSegments, changed: set[int]) -> list[Segment]:
    known = {segment.bucket: segment for segment in before.segments if segment.table == source.table}
    lost = {bucket for bucket, segment in known.items() if not segments.is_present(fact.name, segment)}
    fresh = export(cursor, fact, source, changed | lost) if changed | lost else []
    kept = [segment for bucket, segment in known.items() if bucket not in changed | lost]
    return sorted(kept + fresh, key=lambda segment: segment.bucket)


def freeze(snapshot: Snapshot, *, by: Actor, reason: str = "") -> Snapshot:
    """Keep this snapshot for ever, because something frozen was computed on it. Freezing twice does nothing more.

    The entry in the journal holds the digest of the manifest, and through it of every row.
    """
    with action("figures.freeze_snapshot", by=by, subject=f"figures_snapshot:{snapshot.pk}", reason=reason) as entry:
        held = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
        if not held.frozen:
            verify(held)
            held.frozen_at = timezone.now()
            held.save(update_fields=["frozen_at"])
        entry.data["digest"] = held.digest
    snapshot.frozen_at = held.frozen_at
    return held


def verify(snapshot: Snapshot) -> None:
    """Compare the manifest and every file with their digests, reading all of it.

    Raises AnjuError `figures.manifest_altered`, `figures.segment_missing` or `figures.segment_altered`.
    """
    manifest = snapshot.manifest
    if manifest.digest() != snapshot.digest:
        raise AnjuError.of(
            "figures.manifest_altered",
            f"第{snapshot.pk}号快照的清单被改动过，与其摘要不符。",
            advice="请从备份中恢复，并查明是谁改的。",
        )
    segments.forget_checks()
    for name, each in manifest.facts.items():
        segments.checked_paths(name, each.segments)


def prune(*, now: datetime | None = None, keep: timedelta = KEEP) -> int:
    """Forget superseded snapshots that nothing is frozen on, and remove files no remaining snapshot names. Returns files removed.

    The newest snapshot, frozen ones and everything younger than `keep` stay.
    """
    now = now or timezone.now()
    with reading():
        with transaction.atomic():
            newest = list(Snapshot.objects.order_by("-id").values_list("pk", flat=True)[:1])
            Snapshot.objects.filter(frozen_at=None, taken_at__lt=now - keep).exclude(pk__in=newest).delete()
        named = {(name, segment.digest) for each in Snapshot.objects.all() for name, segment in each.manifest.files()}
        return segments.remove_unnamed(named, older_than=now - keep)

"""Drafts of reports, kept in memory for as long as the books they were built from stay the same."""

from __future__ import annotations

import threading
from collections import OrderedDict

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import snapshots
from anju.kernel.figures.periods import Period
from anju.kernel.orgs.models import Bureau
from anju.kernel.reports.building import build
from anju.kernel.reports.built import Built
from anju.kernel.reports.template import Template
from anju.site.pages.figure_request import fresh_snapshot

KEPT = 32
Key = tuple[str, str, int, Scope, str, str]
_kept: OrderedDict[Key, Built] = OrderedDict()
_lock = threading.Lock()


def draft_of(template: Template, period: Period, *, by: Actor, bureau: Bureau, snapshot: str = "") -> Built:
    """The report on the current books, or on the snapshot named. Raises what `build` raises and AnjuError for a snapshot that is gone."""
    if snapshot and not snapshot.isdigit():
        raise AnjuError.of("figures.unknown_snapshot", f"没有“{snapshot}”号快照。", advice="请重新打开报告。")
    books = snapshots.get(int(snapshot)) if snapshot else fresh_snapshot()
    key = (template.digest, period.code, bureau.pk, by.scope, str(books.pk), books.digest)
    with _lock:
        found = _kept.get(key)
    if found is None:
        found = build(template, period, by=by, bureau=bureau, snapshot=books)
        with _lock:
            _kept[key] = found
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found

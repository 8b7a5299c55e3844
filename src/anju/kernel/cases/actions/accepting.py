"""Acceptance: accept, refuse to accept, tell at one time what is missing, take in what was asked for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.counting import due
from anju.kernel.calendar.workdays import UnknownYear
from anju.kernel.cases.actions.deciding import decide
from anju.kernel.cases.actions.papers import mark_handed_in
from anju.kernel.cases.engine import supplementing
from anju.kernel.cases.models import Case, Notice, NoticeItem, Task
from anju.kernel.cases.moving import Moving, moving, written
from anju.kernel.cases.store.terms import resolve


def accept(case: Case | int, *, by: Actor, text: str = "", key: str | None = None, at: datetime.datetime | None = None) -> Case:
    """Accept an application (受理). Every required material must be there, or promised where it may follow (容缺).

    Raises AnjuError `cases.material_missing`, `cases.not_open`, Forbidden `cases.not_yours`.
    """
    return decide(case, "accept", "agree", by=by, text=text, key=key, at=at)


def refuse_acceptance(
    case: Case | int, *, reason: str, text: str, by: Actor, key: str | None = None, at: datetime.datetime | None = None
) -> Case:
    """Refuse to accept (不予受理), with a reason code of the matter and the words the applicant will read (GN-09)."""
    return decide(case, "accept", "refuse", reason=reason, text=text, by=by, key=key, at=at)


def notify_supplement(
    case: Case | int,
    items: Sequence[str],
    *,
    by: Actor,
    step: str = "accept",
    materials: Sequence[str] = (),
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Case:
    """Tell the applicant everything that is missing, at one time (一次性告知). `materials`: codes, `items`: further things in words.

    Raises AnjuError `cases.already_noticed` for a second notice (before acceptance, or in one round after it), `cases.items_missing`.
    """
    by.require("cases.work")
    with moving(case, "notify", by=by, key=key, at=at) as held:
        if held.repeated:
            return held.case
        wanted = [(code, _asked(held, code)) for code in materials] + [("", written(item)) for item in items]
        row = held.row(step)
        after = supplementing.notify(held.matter, held.situation, step, [text for _, text in wanted], by=held.officer)
        before_acceptance = not held.situation.accepted
        held.make(after, "notify", task=row, text="；".join(text for _, text in wanted))
        assert row is not None
        _note(held, row, wanted, before_acceptance)
    return held.case


def _asked(held: Moving, code: str) -> str:
    from anju.kernel.cases.actions.opening import require_material

    require_material(held.matter, code)
    material = held.matter.material(code)
    assert material is not None
    return material.title


def _note(held: Moving, row: Task, wanted: list[tuple[str, str]], before_acceptance: bool) -> None:
    case, terms = held.case, held.matter.supplement
    place = {"case": case, "region_code": case.region_code, "bureau_id": case.bureau_id}
    due_on = None
    if terms.within is not None:
        try:
            due_on = due(held.days, held.on, resolve(terms.within, case.region_code, held.on)[0])
        except UnknownYear:
            due_on = None  # told without a day; the nightly job finds it once the year is entered
    notice = Notice.objects.create(
        **place, before_acceptance=before_acceptance, round=case.round, task_id=row.pk, given_on=held.on, due_on=due_on, late=terms.late
    )
    NoticeItem.objects.bulk_create(
        NoticeItem(**place, notice=notice, position=place_no, code=code, text=text[:300])
        for place_no, (code, text) in enumerate(wanted, start=1)
    )


def hand_in(
    case: Case | int,
    *,
    by: Actor,
    materials: Sequence[str] = (),
    text: str = "",
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Case:
    """The applicant hands in what the notice asked for (补正). Needs `cases.open`. The step that asked is open again."""
    by.require("cases.open")
    with moving(case, "hand_in", by=by, key=key, at=at) as held:
        if not held.repeated:
            after = supplementing.hand_in(held.matter, held.situation)
            mark_handed_in(held, materials)
            held.make(after, "hand_in", text=text)
    return held.case

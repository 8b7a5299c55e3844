"""Materials: received, promised for later; and the data a case's conditions speak of."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.counting import due
from anju.kernel.calendar.workdays import UnknownYear
from anju.kernel.cases.engine.refusing import refuse, require_alive
from anju.kernel.cases.models import Case, Material
from anju.kernel.cases.moving import Moving, moving, written
from anju.kernel.cases.store.terms import resolve


def receive_material(
    case: Case | int,
    code: str,
    *,
    by: Actor,
    file: str = "",
    file_name: str = "",
    copies: int = 1,
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Material:
    """Take in a material of a case, or replace the file of one (收材料). Needs `cases.open`. Keeps a promise that was made for it."""
    by.require("cases.open")
    with moving(case, "receive_material", by=by, key=key, at=at) as held:
        row = _material(held, code)
        if held.repeated:
            return row
        require_alive(held.situation, "收材料")
        kept = row.state == Material.State.PROMISED
        row.state, row.handed_in_on = Material.State.HANDED_IN, held.on
        row.file, row.file_name, row.copies = file or row.file, file_name[:120] or row.file_name, copies
        row.save()
        held.make(held.situation, "receive", target=code, text=row.title)
        if kept:
            held.tell("promise_kept", target=code)
    return row


def give_back_material(
    case: Case | int, code: str, *, text: str, by: Actor, key: str | None = None, at: datetime.datetime | None = None
) -> Material:
    """Give back a material that will not do (退回材料): it counts as not handed in. `text`: what is wrong with it. Needs `cases.work`.

    Raises AnjuError `cases.material_not_there`, `cases.text_missing`.
    """
    by.require("cases.work")
    with moving(case, "give_back_material", by=by, key=key, at=at) as held:
        row = _material(held, code)
        if held.repeated:
            return row
        require_alive(held.situation, "退回材料")
        if row.state != Material.State.HANDED_IN:
            refuse("material_not_there", f"“{row.title}”还没有收到。", "只能退回已收的材料。", where="材料")
        if not written(text):
            refuse("text_missing", "没有写退回的原因。", "写明哪里不符合，例如：照片模糊、缺签字页。", where="退回材料")
        row.state, row.handed_in_on = Material.State.MISSING, None
        row.save()
        held.make(held.situation, "give_back", target=code, text=f"{row.title}：{written(text)}")
    return row


def promise_material(
    case: Case | int, code: str, *, by: Actor, text: str = "", key: str | None = None, at: datetime.datetime | None = None
) -> Material:
    """Let a secondary material follow (容缺受理): the applicant promises it within the time the matter sets. Needs `cases.open`.

    Raises AnjuError `cases.may_not_follow` for a main document, which is never tolerated.
    """
    by.require("cases.open")
    with moving(case, "promise_material", by=by, key=key, at=at) as held:
        row = _material(held, code)
        if held.repeated:
            return row
        require_alive(held.situation, "容缺")
        terms = next(one for one in held.matter.materials if one.code == code)
        if terms.may_follow is None or row.state != Material.State.MISSING:
            refuse("may_not_follow", f"“{terms.title}”不能容缺。", "主件必须收齐；已交的材料不需要承诺。", where="材料")
        span, _ = resolve(terms.may_follow, held.case.region_code, held.on)
        try:
            row.promise_due_on = due(held.days, held.on, span)
        except UnknownYear:
            row.promise_due_on = None
        row.state, row.promised_on, row.promise_span = Material.State.PROMISED, held.on, str(span)
        row.save()
        held.make(held.situation, "promise", target=code, text=text or row.title)
    return row


def amend(
    case: Case | int, data: Mapping[str, Any], *, by: Actor, text: str = "", key: str | None = None, at: datetime.datetime | None = None
) -> Case:
    """Correct the data that conditions of the matter speak of; it counts from the next move on. Needs `cases.work` or `cases.open`."""
    from dataclasses import replace

    from anju.kernel.cases.actions.opening import checked_data

    by.require("cases.work" if by.may("cases.work") else "cases.open")
    with moving(case, "amend", by=by, key=key, at=at) as held:
        if not held.repeated:
            require_alive(held.situation, "修改")
            merged = {**held.situation.data, **checked_data(held.matter, data)}
            held.make(replace(held.situation, data=merged), "amend", text=text, data=dict(data))
    return held.case


def mark_handed_in(held: Moving, codes: Sequence[str]) -> None:
    """Mark these materials as there; part of another move."""
    for code in codes:
        row = _material(held, code)
        row.state, row.handed_in_on = Material.State.HANDED_IN, held.on
        row.save()


def _material(held: Moving, code: str) -> Material:
    from anju.kernel.cases.actions.opening import require_material

    require_material(held.matter, code)
    found: Material = Material.objects.get(case=held.case, code=code)
    return found

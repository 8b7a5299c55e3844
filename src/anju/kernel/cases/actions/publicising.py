"""Publicity periods and the objections raised in them (GN-07)."""

from __future__ import annotations

import datetime

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.calendar.counting import due
from anju.kernel.calendar.workdays import UnknownYear
from anju.kernel.cases.actions.deciding import decide
from anju.kernel.cases.engine.acting import find_task, require_may_act
from anju.kernel.cases.engine.clocks import publish
from anju.kernel.cases.engine.refusing import refuse, require_state
from anju.kernel.cases.engine.situation import State
from anju.kernel.cases.models import Case, Objection, Publicity
from anju.kernel.cases.moving import Moving, moving, written
from anju.kernel.cases.store.terms import resolve
from anju.kernel.errors import AnjuError


def start_publicity(
    case: Case | int,
    *,
    by: Actor,
    starts_on: datetime.date | None = None,
    batch: str = "",
    channels: tuple[str, ...] = (),
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Publicity:
    """Publish a case that stands in a stage of publicity (公示). `starts_on`: today by default, that day is not counted.

    `batch`: the list it is published with. Raises AnjuError `cases.no_publicity_here`, `cases.already_published`, `calendar.unknown_year`.
    """
    by.require("cases.work")
    with moving(case, "start_publicity", by=by, key=key, at=at) as held:
        if held.repeated:
            return _current(held)
        require_state(held.situation, State.RUNNING, doing="公示")
        stage = held.matter.stage(held.situation.stage)
        if stage.publicity is None:
            refuse("no_publicity_here", f"“{stage.title}”不是公示阶段。", "案件走到公示阶段时才能公示。")
        task = find_task(held.matter, held.situation, stage.steps[0].code)
        require_may_act(held.matter, task, held.officer)
        row = held.row(task.step)
        assert row is not None
        if Publicity.objects.filter(task_id=row.pk).exists():
            refuse("already_published", "已经公示。", "请等公示期满。")
        first = starts_on or held.on
        if first < held.on:
            refuse("bad_start", "公示不能从过去的日子开始。", "请填今天或以后的日期。", where="公示开始")
        span, source = resolve(stage.publicity.days, held.case.region_code, held.on)
        made = Publicity.objects.create(
            case=held.case, region_code=held.case.region_code, bureau_id=held.case.bureau_id, task_id=row.pk, batch=batch[:60],
            channels=" ".join(channels or stage.publicity.channels)[:200], starts_on=first, span=str(span), source=source[:120],
            ends_on=due(held.days, first, span),
        )  # fmt: skip
        held.make(publish(held.matter, held.situation), "publish", task=row, text=batch, data={"until": made.ends_on.isoformat()})
        held.tell("publicity_started", step=task.step)
    return made


def end_publicity(case: Case | int, *, by: Actor, text: str = "", key: str | None = None, at: datetime.datetime | None = None) -> Case:
    """Pass a publicity that has run its days without an open or upheld objection (公示无异议)."""
    with using_scope(by.scope):
        number = case if isinstance(case, int) else case.pk
        stage = Case.objects.filter(pk=number).values_list("stage", flat=True).first() or ""
    return decide(number, stage, "agree", by=by, text=text, key=key, at=at)


def object_to(
    case: Case | int, text: str, *, by: Actor, raised_by: str = "", key: str | None = None, at: datetime.datetime | None = None
) -> Objection:
    """Raise an objection to a published case (异议). Needs `cases.open`. It holds up this case only; the limit to answer starts."""
    by.require("cases.open")
    with moving(case, "object", by=by, key=key, at=at) as held:
        publicity = _current(held)
        if held.repeated:
            return Objection.objects.filter(publicity=publicity).latest("pk")
        if not written(text):
            refuse("text_missing", "没有写异议内容。", "请写明异议的事实。", where="异议")
        if held.on > publicity.ends_on:
            refuse("too_late", f"公示已于{publicity.ends_on}期满。", "期满后的反映请按信访或举报处理。")
        terms = held.matter.stage(held.situation.stage).publicity
        due_on = None
        if terms is not None and terms.settle_within is not None:
            try:
                due_on = due(held.days, held.on, resolve(terms.settle_within, held.case.region_code, held.on)[0])
            except UnknownYear:
                due_on = None
        made = Objection.objects.create(
            case=held.case, region_code=held.case.region_code, bureau_id=held.case.bureau_id, publicity=publicity, raised_on=held.on,
            raised_by=raised_by[:60], text=written(text), due_on=due_on,
        )  # fmt: skip
        held.make(held.situation, "object", text=text)
        held.tell("objected", text=text)
    return made


def settle_objection(
    objection: Objection | int, outcome: str, answer: str, *, by: Actor, key: str | None = None, at: datetime.datetime | None = None
) -> Objection:
    """Answer an objection in writing: `dismissed` or `upheld`. An upheld one keeps the case from passing; it is refused or returned."""
    by.require("cases.work")
    number = objection if isinstance(objection, int) else objection.pk
    with using_scope(by.scope):
        known = Objection.objects.filter(pk=number).values_list("case_id", flat=True).first()
    if known is None:
        raise AnjuError.of("cases.unknown_objection", "没有这件异议，或不在您的数据范围内。")
    with moving(known, "settle_objection", by=by, key=key, at=at) as held:
        row = Objection.objects.select_for_update().get(pk=number)
        if held.repeated:
            return row
        if outcome not in (Objection.Outcome.DISMISSED, Objection.Outcome.UPHELD) or not written(answer):
            refuse("text_missing", "没有选核实结果，或没有写书面答复。", "请选成立或不成立，并写明答复。", where="答复")
        if row.outcome:
            refuse("already_settled", "这件异议已经答复。", "请刷新页面。")
        row.outcome, row.answer, row.settled_on, row.settled_by = outcome, written(answer), held.on, by.name
        row.save()
        held.make(held.situation, "settle", reason=outcome, text=answer)
        held.tell("objection_settled", choice=outcome, text=answer)
    return row


def _current(held: Moving) -> Publicity:
    found = Publicity.objects.filter(case=held.case).order_by("-pk").first()
    alive = {row.pk for row in held.rows.values() if row.alive}
    if found is None or (not held.repeated and found.task_id not in alive):
        raise AnjuError.of("cases.not_published", "这件现在没有公示。", advice="公示期内才能提出异议。")
    return found

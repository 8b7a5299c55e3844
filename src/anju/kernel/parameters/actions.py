"""Entering policy values: a value from a day on by a document, its end, the correction and the withdrawal of a wrong entry.

Nothing is changed or removed: each verb writes versions, and a version that supersedes another takes its place.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Forbidden, Problem
from anju.kernel.journal.actions import OpenEntry, action
from anju.kernel.parameters.catalogue import parameter
from anju.kernel.parameters.declaration import COUNTRY
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.queries import live
from anju.kernel.parameters.values import Unfit, stored

Day = datetime.date
VIEW, SET = "parameters.view", "parameters.set"
LONGEST_DOCUMENT, LONGEST_REASON = 200, 300
_OWN = ParameterValue.Origin.INSTALLATION
_LOCK = 726232


@dataclass(frozen=True, slots=True)
class Citation:
    """What an entry stands on: the document number and why it is entered."""

    document: str
    reason: str


def set_value(
    name: str, value: Any, *, region: str, start: Day, cite: Citation, by: Actor, end: Day | None = None, key: str | None = None
) -> ParameterValue:
    """A value from `start` on, until `end` (exclusive) when given. An open value before it ends on `start`. Needs `parameters.set`.

    `value`: as `values.stored` takes it (money in fen, or text with its unit). `region`: a code, empty for the whole country.
    Raises AnjuError `parameters.unknown`, `parameters.bad_value`, `parameters.not_cited`, `parameters.overlap`; Forbidden.
    """
    _require(by, region, cite)
    declared = parameter(name)
    try:
        kept = stored(declared, value)
    except Unfit as wrong:
        raise AnjuError.of("parameters.bad_value", f"“{declared.title}”{wrong}。", where="值", advice="请按参数说明填写。") from wrong
    if end is not None and end <= start:
        raise AnjuError.of("parameters.bad_dates", "终止日期应晚于起始日期。", where="终止日期", advice="终止日期当日起不再适用。")
    with action("parameters.set_value", by=by, reason=cite.reason, key=key, **_place(by, region)) as entry:
        if entry.repeated:
            return ParameterValue.objects.get(pk=entry.data["version"])
        _take_turn()
        ended = _make_room(name, region, start, end, by)
        row = ParameterValue(
            name=name, region_code=region, origin=_OWN, kind=declared.kind, value=kept, effective_from=start, effective_to=end
        )
        _save(row, cite, by)
        _tell(entry, row, ended=ended.pk if ended else None)
    return row


def end_value(row: ParameterValue, *, on: Day, cite: Citation, by: Actor, key: str | None = None) -> ParameterValue:
    """The value holds no longer from this day on: its document was repealed. What lies above holds then, if anything.

    Needs `parameters.set`. Raises AnjuError `parameters.bad_dates`, `parameters.superseded`, `parameters.not_own`; Forbidden.
    """
    _require(by, row.region_code, cite)
    if on <= row.effective_from or (row.effective_to is not None and on >= row.effective_to):
        raise AnjuError.of(
            "parameters.bad_dates",
            f"终止日期应在{row.effective_from}之后" + (f"、{row.effective_to}之前。" if row.effective_to else "。"),
            where="终止日期",
        )
    with action("parameters.end_value", by=by, reason=cite.reason, key=key, **_place(by, row.region_code)) as entry:
        if entry.repeated:
            return ParameterValue.objects.get(pk=entry.data["version"])
        _take_turn()
        _require_holding(row)
        made = _successor(row, effective_to=on)
        _save(made, cite, by)
        _tell(entry, made)
    return made


def correct_value(
    row: ParameterValue, value: Any, *, cite: Citation, by: Actor, start: Day | None = None, end: Day | None = None, key: str | None = None
) -> ParameterValue:
    """Put a wrong entry right: a further version takes its place, the wrong one stays. `start`, `end`: when they were wrong too.

    Decisions already made keep the version they used. Needs `parameters.set`. Raises the same as `set_value`.
    """
    _require(by, row.region_code, cite)
    declared = parameter(row.name)
    try:
        kept = stored(declared, value)
    except Unfit as wrong:
        raise AnjuError.of("parameters.bad_value", f"“{declared.title}”{wrong}。", where="值", advice="请按参数说明填写。") from wrong
    start, end = start or row.effective_from, end or row.effective_to
    if end is not None and end <= start:
        raise AnjuError.of("parameters.bad_dates", "终止日期应晚于起始日期。", where="终止日期", advice="终止日期当日起不再适用。")
    with action("parameters.correct_value", by=by, reason=cite.reason, key=key, **_place(by, row.region_code)) as entry:
        if entry.repeated:
            return ParameterValue.objects.get(pk=entry.data["version"])
        _take_turn()
        _require_holding(row)
        _require_room(live(row.name).filter(region_code=row.region_code, origin=_OWN).exclude(pk=row.pk), start, end)
        made = _successor(row, value=kept, kind=declared.kind, effective_from=start, effective_to=end)
        _save(made, cite, by)
        _tell(entry, made)
    return made


def withdraw_value(row: ParameterValue, *, cite: Citation, by: Actor, key: str | None = None) -> ParameterValue:
    """The entry never should have been: it holds on no day. It stays in the history. Needs `parameters.set`."""
    _require(by, row.region_code, cite)
    with action("parameters.withdraw_value", by=by, reason=cite.reason, key=key, **_place(by, row.region_code)) as entry:
        if entry.repeated:
            return ParameterValue.objects.get(pk=entry.data["version"])
        _take_turn()
        _require_holding(row)
        made = _successor(row, voided=True)
        _save(made, cite, by)
        _tell(entry, made)
    return made


def _require(by: Actor, region: str, cite: Citation) -> None:
    by.require(SET)
    if region == COUNTRY and by.scope.region != "*":
        raise Forbidden.of("parameters.beyond_scope", "全国的值由系统安装人员维护。", where="适用地区", advice="请选择本地区。")
    if not by.scope.covers_region(region):
        raise Forbidden.of("parameters.beyond_scope", "该地区不在您的数据范围内。", where="适用地区", advice="请由该地区的人员录入。")
    problems = []
    if not cite.document.strip() or len(cite.document) > LONGEST_DOCUMENT:
        problems.append(
            Problem(
                "parameters.not_cited",
                "文号",
                f"没有写文号，或超过{LONGEST_DOCUMENT}字。",
                "写明规定此值的文件，例如 示例房发〔2023〕12号。",
            )
        )
    if not cite.reason.strip() or len(cite.reason) > LONGEST_REASON:
        problems.append(Problem("parameters.not_cited", "理由", f"没有写理由，或超过{LONGEST_REASON}字。", "写明为何录入，记入日志。"))
    if problems:
        raise AnjuError(problems)


def _take_turn() -> None:
    # The lock that the table's trigger takes for every version (migrations/append_only.sql), before anything is read.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _place(by: Actor, region: str) -> dict[str, Any]:
    # The entry stands where the value holds, so that the people of that place can read it.
    return {"region_code": region or by.region_code}


def _make_room(name: str, region: str, start: Day, end: Day | None, by: Actor) -> ParameterValue | None:
    """End the open value that the new one follows; returns the version that says so. Raises `parameters.overlap`."""
    rows = live(name).filter(region_code=region, origin=_OWN)
    before = rows.filter(effective_from__lt=start, effective_to=None).first()
    _require_room(rows.exclude(pk=before.pk) if before else rows, start, end)
    if before is None:
        return None
    made = _successor(before, effective_to=start)
    _save(made, Citation(before.document, f"自{start}起由新值接续"), by)
    return made


def _require_room(rows: Any, start: Day, end: Day | None) -> None:
    clashing = rows.exclude(effective_to__lte=start)
    clashing = (clashing if end is None else clashing.filter(effective_from__lt=end)).order_by("effective_from").first()
    if clashing is not None:
        until = f"至{clashing.effective_to}" if clashing.effective_to else "起"
        raise AnjuError.of(
            "parameters.overlap",
            f"与{clashing.effective_from}{until}的值（{clashing.document}）重叠。",
            where="起始日期",
            advice="请先终止或更正那个值，或写明终止日期。",
        )


def _require_holding(row: ParameterValue) -> None:
    if row.origin != _OWN:
        raise AnjuError.of("parameters.not_own", "随产品带来的值不能改。", advice="请为本地区录入新的值，近的地区优先。")
    if row.voided or ParameterValue.objects.filter(supersedes=row).exists():
        raise AnjuError.of("parameters.superseded", "这个值已被更正或终止。", advice="请打开最新的一条再办理。")


def _successor(row: ParameterValue, **changed: Any) -> ParameterValue:
    same = {name: getattr(row, name) for name in ("name", "region_code", "origin", "kind", "value", "effective_from", "effective_to")}
    return ParameterValue(**{**same, **changed}, supersedes=row)


def _save(row: ParameterValue, cite: Citation, by: Actor) -> None:
    row.document, row.reason, row.recorded_by = cite.document.strip(), cite.reason.strip(), by.name
    row.save(force_insert=True)


def _tell(entry: OpenEntry, row: ParameterValue, ended: int | None = None) -> None:
    entry.subject = f"parameters_value:{row.pk}"
    entry.data = {
        "parameter": row.name,
        "version": row.pk,
        "value": row.value,
        "from": row.effective_from.isoformat(),
        "document": row.document,
    }
    if row.effective_to:
        entry.data["to"] = row.effective_to.isoformat()
    if row.supersedes_id:
        entry.data["corrects"] = row.supersedes_id
    if ended:
        entry.data["ended"] = ended

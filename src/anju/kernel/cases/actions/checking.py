"""Parallel checks: ask other departments and registers, record what they answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.calendar.counting import due
from anju.kernel.calendar.queries import working_days
from anju.kernel.calendar.workdays import UnknownYear
from anju.kernel.cases.engine.refusing import refuse, require_alive
from anju.kernel.cases.matters.conditions import holds
from anju.kernel.cases.matters.declaration import Term
from anju.kernel.cases.models import Case, Check
from anju.kernel.cases.moving import Moving, moving, written
from anju.kernel.cases.store.terms import resolve
from anju.kernel.errors import AnjuError


def request_check(
    case: Case | int,
    code: str,
    *,
    by: Actor,
    about: str = "",
    department: str = "",
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Check:
    """Put a check of the matter to its department (发起核查). `about`: which person or unit of the case, masked. Needs `cases.work`.

    A later question of the same kind replaces the earlier one. Raises AnjuError `cases.unknown_check`.
    """
    return request_checks(case, [(code, about)], by=by, department=department, key=key, at=at)[0]


def request_checks(
    case: Case | int,
    wanted: Iterable[tuple[str, str]] = (),
    *,
    by: Actor,
    department: str = "",
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> list[Check]:
    """Put several checks, (type, about) each, as one move; without any named, every type the matter has and the case's data call for."""
    by.require("cases.work")
    with moving(case, "request_checks", by=by, key=key, at=at) as held:
        if held.repeated:
            return list(Check.objects.filter(pk__in=held.entry.data["checks"]))
        require_alive(held.situation, "发起核查")
        types = held.matter.checks
        asked = list(wanted) or [(code, "") for code, one in types.items() if holds(one.when, held.situation.data)]
        made = []
        for code, about in asked:
            if code not in types:
                known = "、".join(one.title for one in types.values())
                refuse("unknown_check", f"“{held.matter.title}”没有“{code}”这种核查。", f"可用：{known}。")
            made.append(_ask(held, code, about, department))
        held.make(held.situation, "check", text="、".join(check.title for check in made))
        held.entry.data["checks"] = [check.pk for check in made]
    return made


def _ask(held: Moving, code: str, about: str, department: str) -> Check:
    Check.objects.filter(case=held.case, code=code, about=about, replaced=False).update(replaced=True)
    kind = held.matter.checks[code]
    made: Check = Check.objects.create(
        case=held.case, region_code=held.case.region_code, bureau_id=held.case.bureau_id, code=code, title=kind.title, about=about[:80],
        department=(department or kind.department)[:60], requested_on=held.on, due_on=_day(held, kind.limit), requested_by=held.by.name,
    )  # fmt: skip
    return made


def _day(held: Moving, term: Term | None) -> datetime.date | None:
    if term is None:
        return None
    try:
        return due(working_days(held.case.region_code), held.on, resolve(term, held.case.region_code, held.on)[0])
    except UnknownYear:
        return None


def answer_check(
    check: Check | int,
    result: str,
    *,
    by: Actor,
    text: str = "",
    evidence: str = "",
    snapshot: str = "",
    source: str = "",
    serial_no: str = "",
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Check:
    """Record the answer to a check: pass, fail, unclear or timeout. Needs `cases.work`.

    The same (source, serial_no) again changes nothing and returns what is there (GN-12). Raises AnjuError `cases.already_answered`.
    """
    by.require("cases.work")
    number = check if isinstance(check, int) else check.pk
    with using_scope(by.scope):
        known = Check.objects.filter(pk=number).values_list("case_id", flat=True).first()
    if known is None:
        raise AnjuError.of("cases.unknown_check", "没有这件核查，或不在您的数据范围内。")
    with moving(known, "answer_check", by=by, key=key, at=at) as held:
        row = Check.objects.select_for_update().get(pk=number)
        again = Check.objects.filter(source=source, serial_no=serial_no).first() if serial_no else None
        if held.repeated or again is not None:
            held.entry.data |= {"repeat": serial_no}
            return again or row
        _take_answer(row, result, held)
        row.text, row.evidence, row.snapshot = written(text), evidence[:200], snapshot[:64]
        row.source, row.serial_no, row.answered_by = source[:40], serial_no[:80], by.name
        row.save()
        held.make(held.situation, "answer", target=row.code, reason=result, text=text)
        held.tell("check_answered", target=row.code, choice=result, text=text)
    return row


def _take_answer(row: Check, result: str, held: Moving) -> None:
    if result not in (Check.Result.PASS, Check.Result.FAIL, Check.Result.UNCLEAR, Check.Result.TIMEOUT):
        refuse("bad_result", f"没有“{result}”这种核查结果。", "可用：通过、不通过、存疑、超时。", where="核查结果")
    if row.replaced or row.result not in (Check.Result.OPEN, Check.Result.TIMEOUT):
        refuse("already_answered", "这件核查已经有结果，或已重新发起。", "如需更正，请重新发起核查。")
    row.result, row.returned_on = result, held.on
    kind = held.matter.checks.get(row.code)
    if result == Check.Result.PASS and kind is not None:
        row.valid_to = _day(held, kind.valid_for)

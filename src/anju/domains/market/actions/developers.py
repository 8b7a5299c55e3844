"""Developers, their suspension, and who signs for them."""

from __future__ import annotations

from datetime import date

from anju.domains.market.models import Developer, Operator
from anju.domains.market.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.codes import credit_code
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action


def add_developer(
    *, name: str, code: str, by: Actor, grade: str = "", grade_no: str = "", grade_until: date | None = None, key: str | None = None
) -> Developer:
    """Enter a developer with its qualification. Needs `market.permit`. Raises AnjuError `market.developer_once`, `market.bad_code`."""
    by.require("market.permit")
    code = credit_code.normalise(code)
    fault = credit_code.fault(code)
    if fault is not None:
        raise AnjuError.of("market.bad_code", fault.what, where="统一社会信用代码", advice=fault.advice)
    if not name.strip():
        raise AnjuError.of("market.no_name", "没有写企业名称。", where="企业名称", advice="请填写。")
    with told_clearly(), action("market.add_developer", by=by, key=key) as entry:
        if entry.repeated:
            return Developer.objects.get(pk=entry.data["developer"])
        made = Developer.objects.create(
            name=name.strip()[:80], code=code, grade=grade[:20], grade_no=grade_no[:40], grade_until=grade_until,
            region_code=by.region_code, bureau_id=own_bureau(by),
        )  # fmt: skip
        entry.subject, entry.data = f"market_developer:{made.pk}", {"developer": made.pk}
    return made


def suspend_developer(developer_id: int, *, on: date, document: str, by: Actor) -> Developer:
    """Stop a developer from signing, by a document. Needs `market.permit`."""
    return _set_suspension(developer_id, on, document, by, "market.suspend_developer")


def resume_developer(developer_id: int, *, document: str, by: Actor) -> Developer:
    """Let a developer sign again, by a document. Needs `market.permit`."""
    return _set_suspension(developer_id, None, document, by, "market.resume_developer")


def _set_suspension(developer_id: int, on: date | None, document: str, by: Actor, verb: str) -> Developer:
    by.require("market.permit")
    if not document.strip():
        raise AnjuError.of("market.no_document", "没有写依据。", where="依据", advice="请填写文书号。")
    with told_clearly(), action(verb, by=by, subject=f"market_developer:{developer_id}", reason=document) as entry:
        found = Developer.objects.select_for_update().filter(pk=developer_id).first()
        if found is None:
            raise AnjuError.of("market.unknown_developer", "没有这家企业。", advice="请刷新后重试。")
        found.suspended_on, found.suspend_document = on, document.strip()[:80] if on else ""
        found.save(update_fields=["suspended_on", "suspend_document"])
        entry.data = {"document": document}
    return found


def authorise_operator(developer: Developer, staff_id: int, *, since: date, by: Actor) -> Operator:
    """Let a person sign for this developer's units only. Needs `market.permit`. Raises AnjuError `market.operator_of_one`."""
    by.require("market.permit")
    with told_clearly(), action("market.authorise_operator", by=by, subject=f"market_developer:{developer.pk}") as entry:
        made = Operator.objects.create(
            staff_id=staff_id, developer=developer, since=since, region_code=developer.region_code, bureau_id=developer.bureau_id
        )
        entry.data = {"staff": staff_id, "operator": made.pk}
    return made


def end_operator(operator_id: int, *, on: date, by: Actor) -> None:
    """Take the authorisation back. Needs `market.permit`."""
    by.require("market.permit")
    with told_clearly(), action("market.end_operator", by=by) as entry:
        Operator.objects.filter(pk=operator_id, ended_on=None).update(ended_on=on)
        entry.data = {"operator": operator_id}


def own_bureau(by: Actor) -> int:
    """The bureau an entered row belongs to. Raises AnjuError `market.no_bureau`."""
    if by.bureau_id is None:
        raise AnjuError.of("market.no_bureau", "没有所属单位，不能登记。", advice="请由所属单位的人员登记。")
    return by.bureau_id

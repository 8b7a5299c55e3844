"""What a case gives out: documents it ends with, and a new code to follow it by."""

from __future__ import annotations

import datetime

from anju.kernel.access.actor import Actor
from anju.kernel.cases.engine.refusing import refuse
from anju.kernel.cases.models import Case, Outcome
from anju.kernel.cases.moving import moving
from anju.kernel.cases.secrets import digest_of_code, new_code


def issue_outcome(
    case: Case | int,
    code: str,
    *,
    by: Actor,
    number: str = "",
    file: str = "",
    issued_on: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    key: str | None = None,
    at: datetime.datetime | None = None,
) -> Outcome:
    """Record a document of the matter as issued (出具结果文书). Needs `cases.work`. Not before acceptance.

    Raises AnjuError `cases.unknown_outcome`, `cases.wrong_state`.
    """
    by.require("cases.work")
    with moving(case, "issue_outcome", by=by, key=key, at=at) as held:
        if held.repeated:
            return Outcome.objects.get(pk=held.entry.data["outcome"])
        title = held.matter.outcomes.get(code)
        if title is None:
            known = "、".join(held.matter.outcomes.values()) or "无"
            refuse("unknown_outcome", f"“{held.matter.title}”没有“{code}”这种结果文书。", f"可出具：{known}。")
        if not held.situation.accepted or held.holdings.promised():
            refuse("wrong_state", "受理并补齐容缺材料以后才能出具结果文书。", "请先受理、补齐。")
        made = Outcome.objects.create(
            case=held.case, region_code=held.case.region_code, bureau_id=held.case.bureau_id, code=code, title=title, number=number[:60],
            file=file[:64], issued_on=issued_on or held.on, valid_to=valid_to,
        )  # fmt: skip
        held.make(held.situation, "issue", target=code, text=f"{title} {number}".strip())
        held.entry.data["outcome"] = made.pk
    return made


def new_follow_code(case: Case | int, *, by: Actor) -> str:
    """A new code to follow the case with, for an applicant who lost theirs; the old one ends. Needs `cases.open`. Shown once."""
    by.require("cases.open")
    with moving(case, "new_follow_code", by=by) as held:
        code = new_code()
        held.case.follow_digest = digest_of_code(held.case.number, code)
        held.make(held.situation, "new_code")
    return code

"""Where a request from the internet stands, for whoever has its number and code."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from anju.domains.housing.models import OnlineRequest
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases.models import FollowFailure
from anju.kernel.cases.queries.following import MOST_FAILURES, MOST_FROM_ADDRESS, digest_of, require_few
from anju.kernel.errors import AnjuError


@dataclass(frozen=True, slots=True)
class FollowedRequest:
    """What may be seen: never a name or a number of anybody. `case_number` once it was received; the same code follows the case."""

    number: str
    product: str
    state: str
    state_label: str
    submitted_at: datetime
    due_on: date
    reason: str
    case_number: str


def follow_online(number: str, code: str, *, address: str = "") -> FollowedRequest:
    """Raises AnjuError `cases.not_followed` (number or code, told alike), `cases.too_many_attempts` after five wrong ones in 15 minutes."""
    with using_scope(Scope.system()):
        keys = (digest_of(f"request {number}"), digest_of(f"address {address}"))
        limits = list(zip(keys, (MOST_FAILURES, MOST_FROM_ADDRESS), strict=True))
        require_few(limits, "输错次数过多，请15分钟后再试。", "查询码丢失的，请携带身份证到窗口查询。")
        row = OnlineRequest.objects.select_related("application").filter(number=number.strip()).first()
        plain = "".join(code.split()).replace("-", "").upper()
        if row is None or row.code is None or not hmac.compare_digest(row.code.in_full.encode(), plain.encode()):
            with transaction.atomic():
                FollowFailure.objects.bulk_create(FollowFailure(key=key, at=timezone.now()) for key in keys)
            raise AnjuError.of("cases.not_followed", "申报编号或查询码不对。", advice="请核对提交后给出的申报编号和查询码。")
        return FollowedRequest(
            row.number, row.get_product_display(), row.state, row.get_state_display(), row.submitted_at, row.due_on, row.reason,
            row.application.application_no if row.application else "",
        )  # fmt: skip

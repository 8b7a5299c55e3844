"""What somebody who is not staff does to a case: object to it while it is published."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases.actions.publicising import object_to
from anju.kernel.cases.models import FollowFailure, Publicity
from anju.kernel.cases.queries.following import digest_of, require_few
from anju.kernel.cases.queries.published import published_one
from anju.kernel.errors import AnjuError

MOST_OBJECTIONS = 5
"""From one address in a quarter of an hour."""


def object_from_outside(number: int, text: str, *, name: str, contact: str, address: str) -> None:
    """An objection to a publicity, in one's own name and with a way to be answered. `address`: where it comes from, for the limit.

    Raises AnjuError `cases.not_published`, `cases.text_missing`, `cases.too_many_attempts` after five from one address in 15 minutes.
    """
    if not name.strip() or not contact.strip() or not text.strip():
        raise AnjuError.of(
            "cases.text_missing", "姓名、联系方式和异议的事实都要写。", where="异议", advice="异议要实名提出，答复按联系方式送达。"
        )
    line = published_one(number)
    with using_scope(Scope.system()), transaction.atomic():
        key = digest_of(f"objection from {address}")
        require_few([(key, MOST_OBJECTIONS)], "提交次数过多，请15分钟后再试。", "也可以到窗口书面提出。")
        row = Publicity.objects.get(pk=line.number)
        object_to(row.case_id, f"{text.strip()}\n联系方式：{contact.strip()}", raised_by=name, by=Actor.system("网上异议"))
        FollowFailure.objects.create(key=key, at=timezone.now())

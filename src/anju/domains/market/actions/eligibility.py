"""Certificates of eligibility to buy."""

from __future__ import annotations

from datetime import date

from anju.domains.market.actions.developers import own_bureau
from anju.domains.market.models import Eligibility
from anju.domains.market.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.journal.actions import action


def enter_eligibility(*, number: str, resident_id: str, issued_on: date, valid_until: date, by: Actor) -> Eligibility:
    """Enter a certificate that lets its holder sign one contract (CT-15). Needs `market.file`."""
    by.require("market.file")
    with told_clearly(), action("market.enter_eligibility", by=by) as entry:
        made = Eligibility.objects.create(
            number=number.strip()[:40], resident_id=resident_id, issued_on=issued_on, valid_until=valid_until,
            region_code=by.region_code, bureau_id=own_bureau(by),
        )  # fmt: skip
        entry.subject = f"market_eligibility:{made.pk}"
    return made

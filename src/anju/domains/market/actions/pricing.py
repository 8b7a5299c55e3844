"""File the prices of units (一房一价)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anju.domains.market.models import FiledPrice
from anju.domains.market.refusals import told_clearly
from anju.domains.property import actions as property_actions
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action


@dataclass(frozen=True, slots=True)
class PriceLine:
    """The price of one unit: fen a ㎡ of building area, and the total in fen."""

    unit_id: int
    unit_price_fen: int
    total_fen: int


def file_prices(lines: Sequence[PriceLine], *, document: str, on: date, by: Actor, key: str | None = None) -> int:
    """File prices of many units under one document; the prices before them end. Returns how many. Needs `market.file`."""
    by.require("market.file")
    if not document.strip():
        raise AnjuError.of("market.no_document", "没有写备案文号。", where="备案文号", advice="请填写。")
    with told_clearly(), action("market.file_prices", by=by, key=key, reason=document) as entry:
        if entry.repeated:
            return int(entry.data["count"])
        units = {unit.pk: unit for unit in property_actions.lock_units(line.unit_id for line in lines)}
        FiledPrice.objects.filter(unit__in=list(units), ended_on=None).update(ended_on=on)
        FiledPrice.objects.bulk_create(
            [
                FiledPrice(
                    unit_id=line.unit_id,
                    unit_price_fen=line.unit_price_fen,
                    total_fen=line.total_fen,
                    filed_on=on,
                    document=document.strip()[:80],
                    region_code=units[line.unit_id].region_code,
                    bureau_id=units[line.unit_id].bureau_id,
                )
                for line in lines
            ]
        )
        entry.data = {"count": len(lines)}
    return len(lines)

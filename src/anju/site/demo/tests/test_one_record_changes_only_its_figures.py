"""Changing one source record changes exactly the indicators that depend on it and no other (invariant 2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from anju.kernel.access.scope import using_scope
from anju.kernel.figures import snapshots
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.figures.compute import Request, evaluate
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.periods import Period
from anju.kernel.ledgers import actions, catalogue, queries
from anju.testing.sample import Sample

H1 = Period.parse("2023H1")


@dataclass(frozen=True)
class Edit:
    """`where` finds the record; `values` are what a clerk types instead."""

    ledger: str
    where: dict[str, Any]
    values: dict[str, Any]
    changed: frozenset[str]


HOMES = "market.new_homes"
EDITS = {
    "the amount of a home's contract": Edit(
        "sale_contract",
        {"use": "residential", "state": "filed", "filed_on__range": (H1.start, H1.end)},
        {"amount": "654321"},
        frozenset({f"{HOMES}.amount", f"{HOMES}.average_price", f"{HOMES}.residential.amount", f"{HOMES}.residential.average_price"}),
    ),
    "the amount of a cancelled contract": Edit(
        "sale_contract",
        {"state": "cancelled", "filed_on__range": (H1.start, H1.end)},
        {"amount": "654321"},
        frozenset(),
    ),
    "the day of a withdrawal, to July": Edit(
        "presale_withdrawal",
        {"state": "paid", "paid_on__range": (H1.start, H1.end)},
        {"paid_on": "2023-07-03"},
        frozenset({"funds.presale.withdrawals", "funds.presale.withdrawn_amount", "funds.presale.average"}),
    ),
    "homes handed over": Edit(
        "delivery_record",
        {"state": "delivered", "delivered_on__range": (H1.start, H1.end)},
        {"units": "1"},
        frozenset({"delivery.delivered_units", "delivery.period_delivered_units", "delivery.task_completion", "delivery.delivery_rate"}),
    ),
    "the name of a buyer": Edit("existing_home_contract", {"state": "filed"}, {"buyer": "钱例一"}, frozenset()),
}


def all_values(sample: Sample) -> dict[str, Any]:
    snapshots.refresh()
    requests = [Request(key, H1, "990121") for key in all_indicators()]
    found: list[Figure] = evaluate(requests, by=sample.by)
    return {figure.key: figure.value for figure in found}


@pytest.mark.parametrize("name", EDITS)
def test_one_edit_moves_its_own_figures_and_no_other(sample_county: Sample, name: str):
    edit = EDITS[name]
    ledger = catalogue.get(edit.ledger)
    with using_scope(sample_county.by.scope):
        before = all_values(sample_county)
        record = queries.records(ledger, sample_county.by.scope).filter(**edit.where).order_by("pk").first()
        assert record is not None
        actions.change_record(ledger, record.pk, edit.values, by=sample_county.by, version=record.version, reason="核对原始凭证")
        after = all_values(sample_county)
    assert {key for key in before if before[key] != after[key]} == edit.changed
    assert all(not isinstance(value, float | Decimal) for value in after.values())

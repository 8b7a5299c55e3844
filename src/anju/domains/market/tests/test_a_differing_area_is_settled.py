"""MK-18: what is paid when the measured area differs from the contract's, by 商品房销售管理办法 art 20."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from anju.domains.market import actions, queries
from anju.domains.market.models import Contract, Permit
from anju.domains.market.settling import settle
from anju.domains.property import actions as property_actions
from anju.domains.property.models import Building, Survey, Unit
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.testing.estates import survey_lines
from anju.testing.sales import DAY, offer_for

CONTRACT = Decimal("100.00")
LIMIT = Decimal("0.03")
PRICE = 800_000
"""8,000 元 a ㎡."""


@pytest.mark.parametrize(
    ("measured", "due", "may_return"),
    [
        ("102.50", 2_000_000, False),
        ("104.00", 2_400_000, True),
        ("96.00", -4_000_000, True),
        ("103.00", 2_400_000, False),
        ("103.01", 2_400_000, True),
        ("97.00", -2_400_000, False),
        ("96.99", -2_416_000, True),
        ("100.00", 0, False),
    ],
)
def test_the_worked_cases_are_exact(measured: str, due: int, may_return: bool) -> None:
    found = settle(CONTRACT, Decimal(measured), PRICE, LIMIT)
    assert (found.due_fen, found.may_return) == (due, may_return)


areas = st.decimals("0.01", "99999.99", places=2)


@given(contract=areas, measured=areas, price=st.integers(1, 10_000_000))
def test_nobody_pays_beyond_the_limit_and_no_fact_is_lost_within_it(contract: Decimal, measured: Decimal, price: int) -> None:
    found = settle(contract, measured, price, LIMIT)
    exact = (measured - contract) * price
    if not found.may_return:
        assert abs(found.due_fen - exact) <= Decimal("0.5")
    elif measured > contract:
        assert 0 <= found.due_fen <= exact
        assert abs(found.due_fen - LIMIT * contract * price) <= Decimal("0.5")
    else:
        assert abs(found.due_fen - (2 * exact + LIMIT * contract * price)) <= Decimal("0.5")


def measure(building: Building, area: str, by: Actor) -> None:
    with using_scope(by.scope):
        property_actions.take_survey(
            building, survey_lines(area=area), kind=Survey.Kind.MEASURED, document="实测〔2024〕1号", surveyed_on=date(2024, 12, 1), by=by
        )


def test_a_contract_is_settled_by_the_measured_area_and_its_page_says_so(
    permit: Permit, building: Building, units: list[Unit], county_clerk: Actor, client_for: Callable[[Actor], Client]
) -> None:
    plain = actions.sign_contract(offer_for(units[0]), by=county_clerk, on=DAY)
    whole = actions.sign_contract(
        offer_for(units[1], 2, price_basis=Contract.PriceBasis.PER_UNIT, unit_price_fen=None), by=county_clerk, on=DAY
    )
    address = f"/market/contracts/{plain.pk}/"
    assert "面积差异结算" not in client_for(county_clerk).get(address).content.decode()

    measure(building, "96.00", county_clerk)

    with using_scope(county_clerk.scope):
        found = queries.settlement_of(queries.contract(plain.pk, county_clerk.scope))
        assert found is not None
        assert (found.contract_area, found.measured_area, found.due_fen) == (CONTRACT, Decimal("96.00"), -2_500_000)
        assert queries.settlement_of(queries.contract(whole.pk, county_clerk.scope)) is None
    page = client_for(county_clerk).get(address).content.decode()
    for words in ("误差比 -4.00%", "出卖人退 25,000.00 元", "可以退房"):
        assert words in page

"""CT-01: of a hundred attempts on one unit at one moment one succeeds; a retry with its key is the same contract."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from anju.domains.market import actions
from anju.domains.market.models import Contract, Permit
from anju.domains.property.models import Unit
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.testing.estates import make_building, units_of
from anju.testing.factories import make_actor, make_bureau, make_city
from anju.testing.sales import DAY, offer_for, open_for_sale


def test_a_hundred_at_once_and_one_succeeds(fresh_db: str) -> None:
    with using_scope(Scope.system()):
        make_city()
        clerk = make_actor(make_bureau("dongyuan", "990121"), "clerk", "reviewer")
    building = make_building(clerk)
    units = units_of(building, clerk)
    open_for_sale(building, units, clerk)

    def attempt(number: int) -> str:
        try:
            actions.sign_contract(offer_for(units[0], number), by=clerk, on=DAY, key=f"try-{number}")
        except AnjuError as error:
            return ",".join(sorted({one.code for one in error.problems}))
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(8) as pool:
        outcomes = Counter(pool.map(attempt, range(100)))
    assert outcomes == {"signed": 1, "market.C03,market.C04": 99}
    with using_scope(clerk.scope):
        assert Contract.objects.filter(unit=units[0].pk).count() == 1


def test_a_retry_gives_the_first_contract(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    first = actions.sign_contract(offer_for(units[0]), by=county_clerk, on=DAY, key="k")
    again = actions.sign_contract(offer_for(units[0]), by=county_clerk, on=DAY, key="k")
    assert first.pk == again.pk


def _insert(unit: Unit, permit: Permit, **changes: object) -> None:
    held: dict[str, object] = {
        "contract_no": "直写1", "kind": "presale", "unit_id": unit.pk, "permit": permit, "project_name": "示例苑", "building": "1栋",
        "room": unit.room, "use": "residential", "buyer": "示例", "resident_id": "1", "area": unit.area, "total_fen": 1, "first_fen": 1,
        "loan_fen": 0, "later_fen": 0, "escrow_account": permit.escrow_account, "state": "signed", "signed_on": DAY,
        "region_code": unit.region_code, "bureau_id": unit.bureau_id,
    }  # fmt: skip
    Contract.objects.create(**(held | changes))


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("contract_moves_the_unit", {}),
        ("contract_moves_the_unit", {"state": "filed", "filed_on": DAY}),
    ],
)
def test_the_database_refuses_a_contract_that_goes_round_the_verb(
    rule: str, changes: dict[str, object], permit: Permit, units: list[Unit], county_clerk: Actor
) -> None:
    with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match=rule), transaction.atomic():
        _insert(units[0], permit, **changes)


def test_the_database_holds_price_account_area_and_permit(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    from anju.domains.property.stages import Event, Stage
    from anju.testing.estates import move

    move(units[:1], Event.SIGN, Stage.SIGNED, county_clerk)
    for rule, changes in (
        ("price_within_filed", {"total_fen": 50_000_001, "first_fen": 50_000_001}),
        ("contract_pays_into_escrow", {"escrow_account": "别的账户"}),
        ("contract_area_is_the_registers", {"area": "99"}),
        ("payments_are_the_price", {"first_fen": 2}),
    ):
        with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match=rule), transaction.atomic():
            _insert(units[0], permit, **changes)

"""Deposits, hand-over, votes, exact shares, payments, interest, title: sections 4.2 to 4.13 on real accounts (MF-01 to MF-12)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from anju.domains.funds.actions import maintenance
from anju.domains.funds.actions.maintenance import Proposal
from anju.domains.funds.actions.maintenance.deposits import Home
from anju.domains.funds.models import FundArea, FundUnit, InterestRun, RepairProject
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import comparing, queries
from anju.kernel.parameters.actions import Citation, set_value

DAY = datetime.date(2023, 3, 1)
Refused = Callable[[str], Any]
AREAS = ("88.36", "101.52", "120.07")


@pytest.fixture
def area(fund_clerk: Actor) -> FundArea:
    return maintenance.open_area(name="示例花园", bank="示例银行", account_no="62270001", by=fund_clerk)


@pytest.fixture
def units(area: FundArea, fund_clerk: Actor) -> list[FundUnit]:
    """Three homes of 4.8, first deposits of 95元/㎡ paid."""
    made = [
        maintenance.open_unit(area, Home("1幢", f"{n}01", Decimal(size), "lift", f"业主例{n}", f"p{n}"), on=DAY, by=fund_clerk)
        for n, size in enumerate(AREAS, start=1)
    ]
    for number, unit in enumerate(made):
        maintenance.deposit(unit, unit.first_due_fen, on=DAY, serial_no=f"D{number}", by=fund_clerk)
    return made


PROPOSAL = Proposal(
    title="1幢屋面防水", part="屋面", scope="building", building="1幢", budget_fen=10_000_00, contractor="示例防水有限公司",
    proposed_on=DAY, warranty_until=datetime.date(2020, 1, 1),
)  # fmt: skip


def held(unit: FundUnit) -> int:
    return queries.balance(unit.account_id).posted_fen


def voted(area: FundArea, units: list[FundUnit], clerk: Actor, **change: Any) -> RepairProject:
    repair = maintenance.propose_repair(area, replace(PROPOSAL, **change), by=clerk)
    maintenance.cast_ballots(repair, {unit.pk: "for" for unit in units}, on=DAY, by=clerk)
    return repair


def approved(repair: RepairProject, chief: Actor) -> RepairProject:
    return maintenance.approve_repair(repair, publicised_from=DAY, publicised_to=DAY + datetime.timedelta(days=6), by=chief)


def test_the_first_deposit_is_due_by_area_and_paid_once_and_whole(area: FundArea, fund_clerk: Actor, refused: Refused) -> None:
    unit = maintenance.open_unit(area, Home("1幢", "101", Decimal("101.52"), "lift", "业主例一", "p1"), on=DAY, by=fund_clerk)
    assert unit.first_due_fen == 9_644_40
    with refused("funds.first_deposit_missing"):
        maintenance.hand_over(unit, on=DAY, by=fund_clerk)
    with refused("funds.first_deposit_whole"):
        maintenance.deposit(unit, 9_644_39, on=DAY, serial_no="D1", by=fund_clerk)
    for _ in range(2):
        maintenance.deposit(unit, 9_644_40, on=DAY, serial_no="D1", by=fund_clerk)
    maintenance.hand_over(unit, on=DAY, by=fund_clerk)
    maintenance.deposit(unit, 1_00, on=DAY, serial_no="D2", by=fund_clerk)
    assert held(unit) == 9_645_40


def test_a_published_cost_bounds_the_rate(area: FundArea, fund_clerk: Actor, system: Actor, refused: Refused) -> None:
    cite = Citation("示房发〔2023〕3号", "公布造价")
    set_value("funds.maintenance.unit_cost", "2000元", region="990121", start=DAY, cite=cite, by=system)
    home = Home("1幢", "101", Decimal(100), "lift", "业主例一", "p1")
    with refused("funds.rate_misfits"):
        maintenance.open_unit(area, home, on=DAY, by=fund_clerk)
    maintenance.open_unit(area, replace(home, kind="high"), on=DAY, by=fund_clerk)


def test_shares_are_charged_exactly(area: FundArea, units: list[FundUnit], fund_clerk: Actor, fund_chief: Actor) -> None:
    before = [held(unit) for unit in units]
    repair = approved(voted(area, units, fund_clerk), fund_chief)
    assert [share.share_fen for share in repair.shares.order_by("unit__position")] == [2_850_78, 3_275_37, 3_873_85]
    assert [was - held(unit) for was, unit in zip(before, units, strict=True)] == [2_850_78, 3_275_37, 3_873_85]
    bank = queries.balance(area.bank_account_id).posted_fen
    assert sum(held(unit) for unit in units) + queries.balance(area.pool_account_id).posted_fen == bank


def test_a_shortfall_is_the_owners_debt(
    area: FundArea, units: list[FundUnit], fund_clerk: Actor, fund_chief: Actor, refused: Refused
) -> None:
    repair = approved(voted(area, units, fund_clerk, budget_fen=50_000_00), fund_chief)
    shares = list(repair.shares.order_by("unit__position"))
    assert all(held(unit) == 0 for unit in units)
    assert [share.charged_fen for share in shares] == [unit.first_due_fen for unit in units]
    assert sum(share.share_fen for share in shares) == 50_000_00
    assert all(share.shortfall_fen == share.share_fen - share.charged_fen > 0 for share in shares)
    with refused("funds.not_collected"):
        maintenance.pay_repair(repair, 35_000_00, on=DAY, serial_no="P1", by=fund_clerk)


@pytest.mark.parametrize(
    ("choices", "passes"),
    [(["for", "for", ""], True), (["for", "against", ""], False), (["for", "", ""], False), (["for", "abstain", "for"], True)],
)
def test_the_vote_decides(area: FundArea, fund_clerk: Actor, fund_chief: Actor, refused: Refused, choices: list[str], passes: bool) -> None:
    homes = [
        maintenance.open_unit(area, Home("1幢", f"{n}01", Decimal(100), "lift", f"业主例{n}", f"p{n}"), on=DAY, by=fund_clerk)
        for n in range(3)
    ]
    for number, unit in enumerate(homes):
        maintenance.deposit(unit, unit.first_due_fen, on=DAY, serial_no=f"D{number}", by=fund_clerk)
    repair = maintenance.propose_repair(area, PROPOSAL, by=fund_clerk)
    cast = {unit.pk: choice for unit, choice in zip(homes, choices, strict=True) if choice}
    assert maintenance.cast_ballots(repair, cast, on=DAY, by=fund_clerk).passed is passes
    with refused("funds.voted_already"):
        maintenance.cast_ballots(repair, {homes[0].pk: "for"}, on=DAY, by=fund_clerk)
    if passes:
        assert approved(repair, fund_chief).state == "approved"
    else:
        with refused("funds.vote_failed"):
            approved(repair, fund_chief)


def test_publicity_runs_its_days(area: FundArea, units: list[FundUnit], fund_clerk: Actor, fund_chief: Actor, refused: Refused) -> None:
    repair = voted(area, units, fund_clerk)
    with refused("funds.publicity_short"):
        maintenance.approve_repair(repair, publicised_from=DAY, publicised_to=DAY + datetime.timedelta(days=5), by=fund_chief)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"duty": "builder_duty"}, "funds.not_paid_for"),
        ({"warranty_until": DAY}, "funds.in_warranty"),
        ({"emergency": "lift"}, "funds.no_proof"),
        ({"emergency": "paint", "proof": "证明1"}, "funds.no_proof"),
        ({"building": "9幢"}, "funds.empty_scope"),
    ],
)
def test_what_the_fund_may_not_pay_for(
    area: FundArea, units: list[FundUnit], fund_clerk: Actor, refused: Refused, change: dict[str, Any], code: str
) -> None:
    with refused(code):
        maintenance.propose_repair(area, replace(PROPOSAL, **change), by=fund_clerk)


def test_an_emergency_needs_no_vote_and_is_told_afterwards(
    area: FundArea, units: list[FundUnit], fund_clerk: Actor, fund_chief: Actor
) -> None:
    urgent = maintenance.propose_repair(area, replace(PROPOSAL, emergency="leak", proof="鉴定报告1号"), by=fund_clerk)
    approved(urgent, fund_chief)
    maintenance.accept_repair(urgent, 9_000_00, on=DAY, by=fund_chief)
    maintenance.pay_repair(urgent, 9_000_00, on=DAY, serial_no="P1", by=fund_clerk)
    assert maintenance.close_repair(urgent, told_on=DAY, by=fund_clerk).told_on == DAY


def test_payments_wait_for_acceptance_and_stay_within_the_audit(
    area: FundArea, units: list[FundUnit], fund_clerk: Actor, fund_chief: Actor, refused: Refused
) -> None:
    repair = approved(voted(area, units, fund_clerk), fund_chief)
    with refused("funds.above_audited"):
        maintenance.pay_repair(repair, 7_000_01, on=DAY, serial_no="P1", by=fund_clerk)
    for _ in range(2):
        maintenance.pay_repair(repair, 7_000_00, on=DAY, serial_no="P1", by=fund_clerk)
    with refused("funds.above_audited"):
        maintenance.pay_repair(repair, 1_00, on=DAY, serial_no="P2", by=fund_clerk)
    with refused("funds.above_audited"):
        maintenance.accept_repair(repair, 10_000_01, on=DAY, by=fund_chief)
    before = [held(unit) for unit in units]
    maintenance.accept_repair(repair, 9_500_00, on=DAY, by=fund_chief)
    assert sum(held(unit) for unit in units) - sum(before) == 500_00, "what the audit took off goes back"
    assert sum(share.share_fen for share in repair.shares.all()) == 9_500_00
    with refused("funds.above_audited"):
        maintenance.pay_repair(repair, 2_500_01, on=DAY, serial_no="P2", by=fund_clerk)
    maintenance.pay_repair(repair, 2_500_00, on=DAY, serial_no="P2", by=fund_clerk)
    assert queries.balance(area.pool_account_id).posted_fen == 0


def test_interest_follows_balance_days_and_is_run_once(
    area: FundArea, units: list[FundUnit], fund_clerk: Actor, fund_chief: Actor, refused: Refused
) -> None:
    maintenance.deposit(units[0], units[0].first_due_fen, on=datetime.date(2023, 7, 1), serial_no="D9", by=fund_clerk)
    before = [held(unit) for unit in units]
    first = maintenance.run_interest(area, 2023, 1_000_01, on=datetime.date(2023, 12, 31), by=fund_clerk)
    assert maintenance.run_interest(area, 2023, 1_000_01, on=datetime.date(2023, 12, 31), by=fund_clerk) == first
    with refused("funds.interest_exists"):
        maintenance.run_interest(area, 2023, 1_000_00, on=datetime.date(2023, 12, 31), by=fund_clerk)
    gained = [held(unit) - was for was, unit in zip(before, units, strict=True)]
    assert sum(gained) == 1_000_01
    assert InterestRun.objects.count() == 1
    days = [306 + 184, 306, 306]
    weights = [unit.first_due_fen * number for unit, number in zip(units, days, strict=True)]
    assert all(abs(gain - 1_000_01 * weight / sum(weights)) < 1 for gain, weight in zip(gained, weights, strict=True))


def test_the_balance_goes_with_the_title(area: FundArea, units: list[FundUnit], fund_clerk: Actor, refused: Refused) -> None:
    before = held(units[0])
    with refused("funds.no_document"):
        maintenance.transfer_title(units[0], owner="新业主例", person="p9", certificate_no="", on=DAY, by=fund_clerk)
    maintenance.transfer_title(units[0], owner="新业主例", person="p9", certificate_no="示(2023)1号", on=DAY, by=fund_clerk)
    assert held(units[0]) == before
    assert [owner.name for owner in units[0].owners.order_by("pk")] == ["业主例1", "新业主例"]


def test_only_a_destroyed_home_gives_money_back(
    area: FundArea, units: list[FundUnit], fund_chief: Actor, system: Actor, refused: Refused
) -> None:
    with refused("funds.no_document"):
        maintenance.return_deposit(units[0], document="", on=DAY, by=fund_chief, key="r1")
    maintenance.return_deposit(units[0], document="灭失证明1号", on=DAY, by=fund_chief, key="r1")
    assert held(units[0]) == 0
    from anju.kernel.access.scope import using_scope

    with using_scope(system.scope):
        assert comparing.compare() == []

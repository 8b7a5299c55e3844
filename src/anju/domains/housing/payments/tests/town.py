"""A small town for tests of money: parameters of 渝中, households with agreements from January 2023, and the three people of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from anju.domains.housing.households import actions as households
from anju.domains.housing.households.actions import Person
from anju.domains.housing.models import Agreement, Household, Member, PaymentBatch
from anju.domains.housing.payments import drafting, steps
from anju.domains.housing.payments.sending import send
from anju.domains.housing.subsidies import agreements, running
from anju.domains.housing.subsidies.agreements import Account, Tenancy
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.parameters.actions import Citation, set_value
from anju.testing.factories import make_actor, make_bureau, make_city

REGION, YUZHONG = "990121", "渝建发〔2021〕1号"
CITE = Citation(YUZHONG, "测试")
START = date(2022, 1, 1)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TIERS = ("destitute", "minimum_allowance", "low_income", "lower_middle")
VALUES: dict[str, Any] = {
    "housing.means.income_limit": [
        {"tier": tier, "limit": limit} for tier, limit in zip(TIERS, ("99999元", "99999元", "1500元", "3000元"), strict=True)
    ],
    "housing.means.income_inclusive": True,
    "housing.means.asset_limit": "15万元",
    "housing.means.asset_inclusive": True,
    "housing.means.area_limit": "15",
    "housing.means.area_inclusive": False,
    "housing.means.transfer_lookback": 5,
    "housing.rent_subsidy.area_standard": [{"persons": 1, "area": "20"}, {"persons": 2, "area": "15"}],
    "housing.rent_subsidy.area_basis": "person",
    "housing.rent_subsidy.rate": [{"tier": tier, "rate": "23元"} for tier in TIERS],
    "housing.rent_subsidy.coefficient": [
        {"tier": tier, "coefficient": value} for tier, value in zip(TIERS, ("1", "1", "0.8", "0.8"), strict=True)
    ],
    "housing.rent_subsidy.floor": "0元",
    "housing.rent_subsidy.capped_by_rent": True,
    "housing.rent_subsidy.max_months": 0,
}


def resident_id(number: int, born: date = date(1980, 1, 1)) -> str:
    """A made-up number of the sample region."""
    body = f"{REGION}{born:%Y%m%d}{number:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


@dataclass
class Town:
    """The people of a bureau that pays subsidies. `cashier` sends to the bank and takes its answer, `street` reviews first."""

    clerk: Actor
    reviewer: Actor
    leader: Actor
    cashier: Actor
    street: Actor

    def household(self, number: int, *, persons: int = 3, tier: int = 2, income: int = 200_000, **agreement: Any) -> Household:
        """A household with `persons` adults, no home, nothing to its name, in a tenancy and an agreement."""
        people = [
            Person(
                f"{'赵钱孙李周吴郑王'[number % 8]}例{place}",
                resident_id((number * 7 + place) % 1000, date(1970 + number % 20, 1 + number % 12, 1 + place)),
                Member.Relation.APPLICANT if place == 0 else Member.Relation.OTHER,
                authorised_on=START,
                authorisation="sq.pdf",
            )
            for place in range(persons)
        ]
        household = households.open_household(f"ZL{number:04d}", people, on=START, by=self.clerk)
        with using_scope(self.clerk.scope):
            members = list(household.members.order_by("pk"))
        for place, member in enumerate(members):
            households.record_income(member, income if place == 0 else 0, source="民政核对", since=START, by=self.clerk)
        households.record_assets(household, [], source="民政核对", on=START, by=self.clerk)
        households.record_homes(household, [], source="不动产登记", on=START, by=self.clerk)
        households.set_tier(household, tier, from_month=START, basis="低保证", by=self.clerk)
        self.agreement(household, members[0], number, **agreement)
        return household

    def agreement(self, household: Household, holder: Member, number: int, **changes: Any) -> Agreement:
        """An agreement from January 2023 to December 2023 over a rent of 5000元."""
        month_rent = changes.pop("month_rent", 500_000)
        fields: dict[str, Any] = {"from_month": date(2023, 1, 1), "to_month": date(2023, 12, 1), "on": date(2022, 12, 20)} | changes
        return agreements.sign(
            f"XY{number:04d}-{fields['from_month']:%Y%m}", household, kind=fields.pop("kind", Agreement.Kind.RENT_SUBSIDY),
            tenancy=Tenancy(date(2022, 10, 1), date(2024, 9, 30), month_rent, "示例镇示例路1号"),
            account=Account(holder, f"62220000000000{number:05d}", "示例银行"), by=self.clerk, **fields,
        )  # fmt: skip

    def run_quarter(self, *months: date) -> None:
        """Judge these months; April to June 2023 by default."""
        for month in months or (date(2023, 4, 1), date(2023, 5, 1), date(2023, 6, 1)):
            running.run_rent_subsidy(month, by=self.clerk, on=date(2023, 6, 20))

    def sent_batch(self, period: str = "2023-Q2") -> PaymentBatch:
        """A batch of the period, drafted, reviewed, approved and sent."""
        batch = drafting.draft_rent_subsidies(period, by=self.clerk)
        steps.review(batch, by=self.reviewer)
        steps.approve(batch, on=date(2023, 6, 25), by=self.leader)
        send(batch, "csv-utf8", by=self.cashier)
        with using_scope(self.clerk.scope):
            batch.refresh_from_db()
        return batch


def make_town() -> Town:
    """The town in the database the connections point at. Call in the system's scope."""
    with using_scope(Scope.system()):
        make_city()
        bureau = make_bureau("dongyuan", REGION)
        town = Town(
            clerk=make_actor(bureau, "clerk"),
            reviewer=make_actor(bureau, "reviewer"),
            leader=make_actor(bureau, "leader"),
            cashier=make_actor(bureau, "payments_officer"),
            street=make_actor(bureau, "street_officer"),
        )
        for name, value in VALUES.items():
            set_value(name, value, region=REGION, start=START, cite=CITE, by=Actor.system("测试"))
    steps.set_budget("rent_subsidy", 2023, 100_000_000, document="示例财社〔2023〕5号", by=town.leader)
    return town

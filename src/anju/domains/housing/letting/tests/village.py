"""A village whose bureau lets homes: households that wait, homes, a round. Everything by the actions a clerk takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from anju.domains.housing.letting import balloting, choosing, planning, queries, units, waiting
from anju.domains.housing.letting.planning import Group, Plan
from anju.domains.housing.letting.units import Home
from anju.domains.housing.models import Allocation, Application, Household, Lease, LettingUnit, Member, Round, WaitlistEntry
from anju.domains.housing.payments.tests.town import REGION, Town, make_town
from anju.domains.housing.tenancy import leasing
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.parameters.actions import Citation, set_value

RULES: dict[str, Any] = {
    "housing.letting.publicity_days": 7,
    "housing.letting.insured_months": 12,
    "housing.letting.recheck_days": 90,
    "housing.letting.result_days": 7,
    "housing.letting.sign_days": 10,
    "housing.letting.refusals": 2,
    "housing.rent.standard": [{"tier": "minimum_allowance", "standard": "3.50元"}, {"tier": "low_income", "standard": "5元"}],
    "housing.rent.reduction": [{"tier": "minimum_allowance", "reduction": "0.3"}, {"tier": "low_income", "reduction": "0"}],
    "housing.rent.market": "12元",
    "housing.rent.due_day": 20,
    "housing.rent.moving_days": 60,
    "housing.letting.layouts": [
        {"persons": 1, "layout": "studio"},
        {"persons": 1, "layout": "one"},
        {"persons": 2, "layout": "one"},
        {"persons": 3, "layout": "two"},
        {"persons": 4, "layout": "three"},
    ],
}  # fmt: skip
AREA = Decimal("45.60")
START = date(2022, 1, 1)
DOCUMENT = "示例房发〔2023〕3号"


@dataclass
class Village:
    """A town with a letting office. `clerk` lets, `leader` announces and draws."""

    town: Town

    @property
    def clerk(self) -> Actor:
        return self.town.clerk

    @property
    def reviewer(self) -> Actor:
        return self.town.reviewer

    @property
    def leader(self) -> Actor:
        return self.town.leader

    def waits(self, number: int, *, persons: int = 1, on: date = date(2023, 2, 1), group: str = "") -> WaitlistEntry:
        """A household on the waiting line, by an application of the book (without a case) that was approved and published."""
        household = self.town.household(number, persons=persons)
        application = self.application(household, number)
        if group:
            from anju.domains.housing.households.actions import add_priority

            add_priority(household, group, since=START, evidence="优待证", by=self.clerk)
        return waiting.register(application, published_until=date(2023, 1, 31), on=on, by=self.clerk)

    def application(self, household: Household, number: int, **changes: Any) -> Application:
        """An approved application."""
        with using_scope(self.clerk.scope):
            person = Member.objects.get(household=household, relation="applicant")
            fields: dict[str, Any] = {
                "application_no": f"GZ2023{number:05d}", "product": "public_rental", "household": household, "applicant": person,
                "applied_on": date(2022, 12, 1), "accepted_on": date(2022, 12, 2), "reviewed_on": date(2023, 1, 20), "state": "approved",
                "bureau_id": self.clerk.bureau_id, "region_code": REGION,
            }  # fmt: skip
            return Application.objects.create(**(fields | changes))

    def homes(self, number: int, *, layout: str = "one", floors: int = 6, first: int = 0) -> list[LettingUnit]:
        """Vacant homes, floor by floor."""
        rows = [
            Home(f"GZF{first + place:05d}", "示例家园", f"{first}幢", _room(place, floors), place % floors + 1, layout, AREA)
            for place in range(number)
        ]
        return units.enter(rows, on=START, by=self.clerk)

    def round(self, homes: list[LettingUnit], groups: list[Group] | None = None, **changes: Any) -> Round:
        """An announced round whose seed is a public draw on 1 June 2023."""
        fields: dict[str, Any] = {
            "round_no": "PZ2023-01", "name": "2023年第一批公租房配租", "document": DOCUMENT, "scope": "已轮候登记的家庭",
            "rent": "每月每平方米3.50元", "intention_until": date(2023, 5, 20), "witness": "示例县公证处",
            "event": "示例彩票 2023062 期 开奖号码", "event_on": date(2023, 6, 1),
        }  # fmt: skip
        made = planning.plan(Plan(**(fields | changes)), groups or [Group("其他家庭")], homes, by=self.clerk)
        return planning.announce(made, on=date(2023, 5, 4), by=self.leader)

    def chosen(self, number: int = 1) -> Allocation:
        """The home a household chose on 10 June 2023, by a round of its own."""
        entry = self.waits(number)
        one = self.round(self.homes(1, first=number), round_no=f"PZ-{number}")
        self.takes_part(one, entry)
        balloting.freeze(one, by=self.leader, at=at(25))
        draw = balloting.draw(one, event="04 11", evidence="公告", witness="公证员", by=self.leader, at=at(1, 6))
        choosing.publish_result(one, on=date(2023, 6, 2), by=self.clerk)
        choosing.open_choosing(one, on=date(2023, 6, 10), by=self.clerk)
        return choosing.choose(balloting.places(draw)[0], queries.homes_left(one)[0], on=date(2023, 6, 10), by=self.clerk)

    def lease(self, number: int = 1, **changes: Any) -> Lease:
        """A lease of three years from 16 June 2023."""
        fields: dict[str, Any] = {
            "lease_no": f"ZL2023-{number}", "starts_on": date(2023, 6, 16), "ends_on": date(2026, 6, 15), "deposit": 100_000,
            "fittings": "简装，水电表完好",
        }  # fmt: skip
        return leasing.sign(self.chosen(number), leasing.Terms(**(fields | changes)), on=date(2023, 6, 15), by=self.clerk)

    def takes_part(self, one: Round, *entries: WaitlistEntry) -> None:
        """Intention and a re-check that finds them fit."""
        for entry in entries:
            intention = planning.intend(one, entry, on=date(2023, 5, 10), by=self.clerk)
            planning.recheck(intention, fit=True, on=date(2023, 5, 15), by=self.clerk)


def _room(place: int, floors: int) -> str:
    return f"{place % floors + 1}{place // floors + 1:02d}"


def at(day: int, month: int = 5, hour: int = 10) -> datetime:
    """A moment of 2023 in the village."""
    return datetime(2023, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


def make_village() -> Village:
    """The village in the database the connections point at. Call in the system's scope."""
    village = Village(make_town())
    with using_scope(Scope.system()):
        for name, value in RULES.items():
            set_value(name, value, region=REGION, start=START, cite=Citation(DOCUMENT, "测试"), by=Actor.system("测试"))
    return village

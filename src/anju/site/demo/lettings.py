"""What the sample county does with public rental homes, by the actions its people take: published standards, applications as cases, a line,
a ballot, leases with their rent. Nothing of it lies in a period the sample reports are about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from anju.domains.housing.applications.applying import Written, apply_for
from anju.domains.housing.households import actions as households
from anju.domains.housing.households.actions import Person
from anju.domains.housing.letting import balloting, choosing, planning, queries, units
from anju.domains.housing.letting.planning import Group, Plan
from anju.domains.housing.letting.units import Home
from anju.domains.housing.models import Application, Household, LettingUnit, Member, WaitlistEntry
from anju.domains.housing.tenancy import billing, leasing, paying
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.cases import actions as cases
from anju.kernel.cases.models import Case, Check
from anju.kernel.orgs.models import Bureau, Role, User
from anju.kernel.orgs.queries import actor_of
from anju.kernel.parameters.actions import Citation, set_value
from anju.kernel.parameters.queries import live
from anju.site.demo.books.shelf import COUNTY
from anju.site.demo.dice import Dice
from anju.site.demo.people import People
from anju.site.demo.people_in_post import SIGN_IN, Post, in_post

REGION, ZONE = "990121", ZoneInfo("Asia/Shanghai")
STANDARDS = "东房发〔2022〕1号（示例）"
START = date(2022, 1, 1)
STREET = Post("dongyuan-street", "吴例街", "科员", "示例街道办事处", ("street_officer",))
LOW, LINE = ("destitute", "minimum_allowance"), ("low_income", "lower_middle", "new_worker", "migrant_worker")
TIERS = (*LOW, *LINE)
VALUES: dict[str, Any] = {
    "housing.means.income_limit": [{"tier": tier, "limit": "1200元" if tier in LOW else "3200元"} for tier in TIERS],
    "housing.means.income_inclusive": True,
    "housing.means.asset_limit": "15万元",
    "housing.means.asset_inclusive": True,
    "housing.means.area_limit": "15",
    "housing.means.area_inclusive": False,
    "housing.means.transfer_lookback": 3,
    "housing.rent_subsidy.area_standard": [{"persons": 1, "area": "30"}, {"persons": 2, "area": "45"}, {"persons": 3, "area": "60"}],
    "housing.rent_subsidy.area_basis": "household",
    "housing.rent_subsidy.area_cap": "60",
    "housing.rent_subsidy.rate": [{"tier": tier, "rate": "8元"} for tier in TIERS],
    "housing.rent_subsidy.coefficient": [{"tier": tier, "coefficient": "1" if tier in LOW else "0.7"} for tier in TIERS],
    "housing.rent_subsidy.floor": "0元",
    "housing.rent_subsidy.capped_by_rent": True,
    "housing.rent_subsidy.max_months": 0,
    "housing.letting.publicity_days": 7,
    "housing.letting.insured_months": 12,
    "housing.letting.recheck_days": 90,
    "housing.letting.result_days": 5,
    "housing.letting.sign_days": 10,
    "housing.letting.refusals": 2,
    "housing.letting.layouts": [
        {"persons": 1, "layout": "studio"}, {"persons": 1, "layout": "one"}, {"persons": 2, "layout": "one"},
        {"persons": 3, "layout": "two"},
    ],
    "housing.rent.standard": [{"tier": tier, "standard": "2.50元" if tier in LOW else "4元"} for tier in TIERS],
    "housing.rent.reduction": [{"tier": tier, "reduction": "0.5" if tier in LOW else "0"} for tier in TIERS],
    "housing.rent.market": "9元",
    "housing.rent.due_day": 20,
    "housing.rent.moving_days": 60,
}  # fmt: skip
PAPERS = ("application", "consent", "identity", "marriage", "income_proof")
ROUND, EVENT = "东原县2025年第一批公共租赁住房配租", "示例彩票 2025064 期开奖号码"
HOMES = (("studio", "35.20"), ("one", "45.60"), ("one", "46.10"), ("two", "58.90"))
WAITED, WAITING = 9, 5
"""Households of the ballot, and those who came after it."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who does what: nobody does two levels of one case."""

    clerk: Actor
    street: Actor
    reviewer: Actor
    leader: Actor


def enter(*, by: Actor) -> int:
    """Enter it all, once; how many applications. Run again it adds nothing."""
    with using_scope(by.scope):
        if LettingUnit.objects.filter(region_code=REGION).exists():
            return 0
        office = _office(by)
        _publish(by)
    people = People(Dice(2025, "lettings"))
    vacant = units.enter(list(_homes()), on=date(2025, 1, 6), by=office.clerk)
    for place in range(WAITED):
        _approved(office, people, place, date(2025, 3, 3) + timedelta(days=place % 4))
    _ballot(office, vacant)
    for place in range(WAITED, WAITED + WAITING):
        _approved(office, people, place, date(2025, 9, 8) + timedelta(days=place % 4))
    for place in range(WAITED + WAITING, WAITED + WAITING + 3):
        _open(office, people, place)
    return WAITED + WAITING + 3


def _office(by: Actor) -> Office:
    bureau = Bureau.objects.get(code=COUNTY)
    in_post(STREET, bureau, {role.code: role for role in Role.objects.all()}, by)
    names = ("dongyuan-housing", STREET.username, SIGN_IN, "dongyuan-leader")
    return Office(*(actor_of(User.objects.get(username=name)) for name in names))


def _publish(by: Actor) -> None:
    there = set(live().filter(region_code=REGION).values_list("name", flat=True))
    for name, value in VALUES.items():
        if name not in there:
            set_value(name, value, region=REGION, start=START, cite=Citation(STANDARDS, "示例标准"), by=by)


def _homes() -> Iterator[Home]:
    """24 homes in two buildings, four a floor."""
    for place in range(24):
        building, floor, number = place // 12 + 1, place % 12 // 4 * 2 + 1, place % 4 + 1
        layout, area = HOMES[number - 1]
        yield Home(f"DY{place:04d}", "示例安居小区", f"{building}幢", f"{floor}{number:02d}", floor, layout, Decimal(area))


def _household(office: Office, people: People, place: int, on: date) -> Household:
    persons = 1 + place % 3
    members = []
    for number in range(persons):
        one = people.somebody(born=(1955, 1990) if number < 2 else (2010, 2020))
        relation = (Member.Relation.APPLICANT, Member.Relation.SPOUSE, Member.Relation.CHILD)[number]
        members.append(
            Person(one.name, one.resident_id, relation, phone=one.phone, student=number == 2, authorised_on=on, authorisation="核查授权书")
        )
    household = households.open_household(f"DYB{2025}{place + 1:04d}", members, on=on, by=office.clerk, address="示例镇示例路")
    with using_scope(office.clerk.scope):
        adults = list(household.members.filter(student=False).order_by("pk"))
    for adult in adults:
        households.record_income(adult, 60_000 + 20_000 * (place % 4), source="民政核对", since=on, by=office.clerk)
    households.record_assets(household, [], source="民政核对", on=on, by=office.clerk)
    households.record_homes(household, [], source="不动产登记", on=on, by=office.clerk)
    return household


def _received(office: Office, people: People, place: int, on: date, at: datetime | None) -> Case:
    household = _household(office, people, place, on)
    made = apply_for("public_rental", household, Written(), on=on, by=office.clerk, materials=PAPERS, at=at)
    with using_scope(office.clerk.scope):
        return Case.objects.get(pk=made.case_id or 0)


def _approved(office: Office, people: People, place: int, on: date) -> Application:
    """From the counter to the waiting line, a few days a stage."""
    case = _received(office, people, place, on, _at(on))
    cases.accept(case, by=office.clerk, at=_at(on, 1))
    said = {"visited_on": (on + timedelta(days=3)).isoformat(), "opinion": "情况属实"}
    case = cases.decide(case, "first_review", "agree", data=said, by=office.street, at=_at(on, 3))
    for check in cases.request_checks(case, by=office.clerk, at=_at(on, 3)):
        cases.answer_check(check, Check.Result.PASS, by=office.clerk, at=_at(on, 6))
    found = {"tier": "minimum_allowance" if place % 3 == 0 else "low_income", "insured": ""}
    case = cases.decide(case, "second_review", "agree", data=found, by=office.reviewer, at=_at(on, 7))
    cases.start_publicity(case, by=office.clerk, at=_at(on, 8))
    cases.end_publicity(case, by=office.clerk, at=_at(on, 18))
    cases.decide(case, "approve", "agree", by=office.leader, at=_at(on, 21))
    with using_scope(office.clerk.scope):
        return Application.objects.get(case_id=case.pk)


def _open(office: Office, people: People, place: int) -> None:
    """Cases of this week: one just received, one accepted, one after the street's review."""
    today = timezone.localdate()
    case = _received(office, people, place, today, None)
    far = place % 3
    if far:
        cases.accept(case, by=office.clerk)
    if far == 2:
        cases.decide(case, "first_review", "agree", data={"visited_on": today.isoformat(), "opinion": "情况属实"}, by=office.street)


def _ballot(office: Office, vacant: list[LettingUnit]) -> None:
    plan = Plan(
        round_no="DYPZ2025-01", name=ROUND, document="东房发〔2025〕4号（示例）", scope="已轮候登记的家庭", rent="每月每平方米2.50元、4元",
        intention_until=date(2025, 5, 20), witness="东原县公证处（示例）", event=EVENT, event_on=date(2025, 6, 3),
    )  # fmt: skip
    one = planning.announce(planning.plan(plan, [Group("其他家庭")], vacant[:16], by=office.clerk), on=date(2025, 5, 6), by=office.leader)
    with using_scope(office.clerk.scope):
        waiting = list(WaitlistEntry.objects.filter(region_code=REGION, state="waiting").order_by("pk"))
    for entry in waiting:
        intention = planning.intend(one, entry, on=date(2025, 5, 12), by=office.clerk)
        planning.recheck(intention, fit=True, on=date(2025, 5, 19), by=office.clerk)
    balloting.freeze(one, by=office.leader, at=_at(date(2025, 5, 26)))
    numbers, notary = "05 11 17 23 30 33 + 08", "公证员 郑例公"
    drawn = balloting.draw(one, event=numbers, evidence="示例彩票中心公告", witness=notary, by=office.leader, at=_at(date(2025, 6, 4)))
    choosing.publish_result(one, on=date(2025, 6, 4), by=office.clerk)
    choosing.open_choosing(one, on=date(2025, 6, 16), by=office.clerk)
    with using_scope(office.clerk.scope):
        places = balloting.places(drawn)
    for number, place in enumerate(places):
        _choose(office, one, number, place)
    choosing.close(one, on=date(2025, 7, 1), by=office.clerk)


def _choose(office: Office, one: Any, number: int, place: Any) -> None:
    on = date(2025, 6, 16)
    if number == 3:
        choosing.refuse(place, reason="想选低楼层", on=on, by=office.clerk)
        return
    with using_scope(office.clerk.scope):
        waits = place.candidate.intention.entry
        persons = waits.household.members.filter(left_on=None).count()
        wanted = {"studio": 1, "one": 2, "two": 3}
        fitting = [home for home in queries.homes_left(one) if wanted[home.layout] == persons]
    chosen = choosing.choose(place, fitting[0], on=on, by=office.clerk)
    terms = leasing.Terms(f"DYZL2025-{number + 1:03d}", date(2025, 7, 1), date(2028, 6, 30), 50_000, "简装，水电表完好")
    lease = leasing.sign(chosen, terms, on=date(2025, 6, 20), by=office.clerk)
    leasing.file(lease, on=date(2025, 6, 27), by=office.clerk)
    with using_scope(office.clerk.scope):
        lease.refresh_from_db()
    _bill_once(office)
    paid = 6 if number % 4 else 4
    with using_scope(office.clerk.scope):
        owed = paying.owed(lease)[:paid]
    for bill, left in owed:
        paying.take(lease, left, receipt_no=f"P{lease.lease_no}-{bill.month:%m}", on=bill.month.replace(day=15), by=office.clerk)


def _bill_once(office: Office) -> None:
    """Bills of the second half of 2025 for every lease that has none yet."""
    for month in range(7, 13):
        billing.bill_month(date(2025, month, 1), on=date(2025, month, 1), by=office.clerk)


def _at(day: date, later: int = 0) -> datetime:
    """Ten in the morning of the day so much later, or of the Monday after."""
    found = day + timedelta(days=later)
    found += timedelta(days=(7 - found.weekday()) % 7 if found.weekday() > 4 else 0)
    return datetime.combine(found, time(10), ZONE)

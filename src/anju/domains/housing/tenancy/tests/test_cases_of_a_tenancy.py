"""Renewal, exit and re-review are cases: what they decide happens to the lease, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from anju.domains.housing.letting.tests.village import Village, make_village
from anju.domains.housing.models import Decision, ExitGround, Lease, LeaseReview, Renewal, SecurityExit, TierPeriod
from anju.domains.housing.tenancy import leaving, renewing, reviewing
from anju.domains.market import actions as market
from anju.domains.market.actions import House, Sale
from anju.domains.market.offers import Buyer
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases import actions as cases
from anju.kernel.cases.models import Case, CaseClock, Check
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau
from anju.testing.cases import moment
from anju.testing.estates import make_building, units_of
from anju.testing.factories import make_actor
from anju.testing.sales import made_up_id, offer_for, open_for_sale

pytestmark = pytest.mark.django_db
FIT = {"tier": "lower_middle", "insured": ""}


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    made = make_village()
    with using_scope(Scope.system()):
        yield made


def passed(case: Case, village: Village) -> None:
    for check in cases.request_checks(case, by=village.clerk):
        cases.answer_check(check, Check.Result.PASS, by=village.clerk)


def at_the_decision(village: Village, lease: Lease, day: str) -> tuple[Renewal, Case]:
    """Asked, accepted and reviewed on a day, every check passed."""
    when = moment(day)
    papers = ("application", "consent", "income_proof")
    asked = renewing.ask(lease, on=when.date(), by=village.clerk, materials=papers, at=when)
    case = Case.objects.get(pk=asked.case_id)
    cases.accept(case, by=village.clerk, at=when)
    second = make_actor(Bureau.objects.get(pk=village.clerk.bureau_id), "clerk")
    cases.decide(case, "review", "agree", data={"opinion": "符合"}, by=second, at=when)
    for check in cases.request_checks(case, by=village.clerk, at=when):
        cases.answer_check(check, Check.Result.PASS, by=village.clerk, at=when)
    return asked, case


def test_a_renewal_is_decided_by_its_case(village: Village):
    lease = village.lease()
    asked, case = at_the_decision(village, lease, "2026-03-02")
    said = {"lease_no": "ZL2026-9", "until": "2029-06-15"}
    cases.decide(case, "decide", "agree", data=said, by=village.reviewer, at=moment("2026-03-03"))
    asked.refresh_from_db()
    further = Lease.objects.get(lease_no="ZL2026-9")
    assert (asked.state, further.renews_id, further.starts_on) == ("granted", lease.pk, date(2026, 6, 16))


def test_hs_17_a_late_renewal_is_refused_with_its_reason(village: Village):
    asked, case = at_the_decision(village, village.lease(), "2026-03-17")
    said = {"lease_no": "ZL2026-9", "until": "2029-06-15"}
    with pytest.raises(AnjuError, match="housing.late_renewal_is_not_granted"):
        cases.decide(case, "decide", "agree", data=said, by=village.reviewer, at=moment("2026-03-18"))
    words = "届满前三个月以内才提出"
    cases.decide(case, "decide", "refuse", reason="late", text=words, by=village.reviewer, at=moment("2026-03-18"))
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("refused", words)


def test_nobody_is_told_to_leave_without_a_ground_and_a_decision(village: Village):
    lease = village.lease()
    with pytest.raises(AnjuError, match="housing.no_open_ground"):
        leaving.ask_exit(lease, "sublet", by=village.clerk)
    leaving.find(lease, "sublet", on=date(2024, 2, 1), evidence="现场笔录", breach_on=date(2024, 1, 1), by=village.clerk)
    case = leaving.ask_exit(lease, "sublet", by=village.clerk)
    with pytest.raises(AnjuError, match="housing.one_open_exit"):
        leaving.ask_exit(lease, "sublet", by=village.clerk)
    cases.decide(case, "verify", "agree", data={"opinion": "转租属实"}, by=village.clerk)
    lease.refresh_from_db()
    assert lease.state == "active"
    cases.decide(case, "decide", "agree", by=village.reviewer)
    lease.refresh_from_db()
    assert (lease.state, lease.ground) == ("moving", "sublet")


def test_every_lease_is_reviewed_once_a_year_and_a_new_tier_changes_the_rent_from_that_month(village: Village):
    lease = village.lease()
    assert reviewing.open_yearly(2024, on=date(2024, 9, 1), by=village.clerk) == 1
    assert reviewing.open_yearly(2024, on=date(2024, 9, 2), by=village.clerk) == 0
    with pytest.raises(AnjuError, match="housing.review_of_this_year"):
        reviewing.open_yearly(2022, on=date(2024, 9, 1), by=village.clerk)
    row = LeaseReview.objects.get()
    case = Case.objects.get(pk=row.case_id)
    cases.decide(case, "examine", "agree", data={"opinion": "收入增加"}, by=village.clerk)
    passed(case, village)
    cases.decide(case, "conclude", "agree", data=FIT, by=village.reviewer)
    row.refresh_from_db()
    decision = Decision.objects.get(case_id=case.pk)
    assert (row.outcome, decision.kind, decision.subject) == ("fit", "yearly", "public_rental")
    assert TierPeriod.objects.get(household=lease.household, to_month=None).tier == 4
    with pytest.raises(IntegrityError, match="review_stays"), transaction.atomic():
        LeaseReview.objects.update(outcome="unfit")


@pytest.mark.parametrize(("reason", "ground", "written"), [("has_housing", "other_home", "home"), ("over_income", "over_income", "income")])
def test_who_is_fit_no_more_gives_the_home_back_for_that_reason(village: Village, reason: str, ground: str, written: str):
    lease = village.lease()
    row = reviewing.open_for(lease, "change", evidence="群众反映", on=date(2024, 9, 1), by=village.clerk)
    assert row is not None
    case = Case.objects.get(pk=row.case_id)
    cases.decide(case, "examine", "agree", data={"opinion": "已购房"}, by=village.clerk)
    cases.decide(case, "conclude", "refuse", reason=reason, text="2024年6月核查所见", data=FIT, by=village.reviewer)
    row.refresh_from_db()
    found = ExitGround.objects.get(lease=lease)
    assert (row.outcome, found.ground, found.evidence) == ("unfit", ground, "2024年6月核查所见")
    leaving.begin(lease, ground, on=date(2024, 10, 1), by=village.clerk)
    leaving.finish(lease, on=date(2024, 10, 20), by=village.clerk)
    gone = SecurityExit.objects.get(lease=lease)
    assert (gone.kind, gone.reason) == ("eviction", written)


def test_a_renewal_refused_for_income_ends_for_income(village: Village):
    lease = village.lease()
    _asked, case = at_the_decision(village, lease, "2026-03-02")
    cases.decide(case, "decide", "refuse", reason="over_income", text="人均月收入超过标准", by=village.reviewer, at=moment("2026-03-03"))
    leaving.find_grounds(on=lease.ends_on + timedelta(days=1), by=village.clerk)
    assert ExitGround.objects.filter(lease=lease, ground="over_income", lifted_on=None).exists()


def test_hs_18_a_purchase_opens_a_review_within_fifteen_working_days(village: Village):
    lease = village.lease()
    seller = village.reviewer
    units = units_of(make_building(seller, project="购房苑"), seller)
    open_for_sale(units[0].building, units, seller)
    stranger, tenant = offer_for(units[0]), offer_for(units[1], buyers=(Buyer(lease.tenant.name, lease.tenant.resident_id.in_full),))
    market.sign_contract(stranger, by=seller, on=date(2023, 7, 3))
    assert not LeaseReview.objects.exists()
    contract = market.sign_contract(tenant, by=seller, on=date(2023, 7, 3))
    row = LeaseReview.objects.get()
    assert (row.lease_id, row.cause, row.evidence) == (lease.pk, "other_home", f"家庭成员签订购房合同 {contract.contract_no}")
    clock = CaseClock.objects.get(case_id=row.case_id)
    assert (clock.span, clock.source, clock.finished_on) == ("15wd", "由市县公布的承诺时限", None)


def test_hs_18_an_existing_home_opens_a_review_too(village: Village):
    lease = village.lease()
    seller, tenant, on = village.reviewer, lease.tenant, date(2023, 7, 3)
    unit = units_of(make_building(seller, project="购房苑"), seller)[0]
    title = "示（2020）不动产权第1号"
    market.check_house(House(unit.pk, "HY1", title, date(2020, 5, 6), "示例卖", made_up_id(801)), by=seller, on=on)
    buyer = Buyer(tenant.name, tenant.resident_id.in_full)
    market.sign_resale(Sale("HY1", "存1", "示例卖", made_up_id(801), buyer, 60_000_000, title), by=seller, on=on)
    row = LeaseReview.objects.get()
    assert (row.lease_id, row.cause, row.evidence) == (lease.pk, "other_home", "家庭成员签订购房合同 存1")

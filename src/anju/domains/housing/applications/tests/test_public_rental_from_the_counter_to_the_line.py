"""公租房 from the counter to the waiting line: authorisation, street review, checks, the rule of the day, publicity, appeal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from anju.domains.housing.applications.applying import Written, appeal, apply_for
from anju.domains.housing.applications.qualifying import qualify
from anju.domains.housing.letting import waiting
from anju.domains.housing.letting.tests.village import Village, make_village
from anju.domains.housing.models import Application, Decision, Household, TierPeriod, WaitlistEntry
from anju.domains.housing.subsidies.deciding import recompute
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases import actions as cases
from anju.kernel.cases.models import Case, Check
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau
from anju.kernel.rules.judging import Verdict
from anju.testing.cases import moment
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db
PAPERS = ("application", "consent", "identity", "marriage", "income_proof")
FOUND = {"tier": "minimum_allowance", "insured": ""}


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    made = make_village()
    with using_scope(Scope.system()):
        yield made


def another(village: Village, role: str) -> Actor:
    return make_actor(Bureau.objects.get(pk=village.clerk.bureau_id), role)


def received(village: Village, household: Household, papers: tuple[str, ...] = PAPERS) -> tuple[Application, Case]:
    application = apply_for(
        "public_rental", household, Written(), on=date(2025, 3, 3), by=village.clerk, materials=papers, at=moment("2025-03-03")
    )
    return application, Case.objects.get(pk=application.case_id)


def to_second_review(village: Village, case: Case, street: Actor) -> Case:
    cases.accept(case, by=village.clerk, at=moment("2025-03-04"))
    said = {"visited_on": "2025-03-05", "opinion": "情况属实"}
    case = cases.decide(case, "first_review", "agree", data=said, by=street, at=moment("2025-03-05"))
    for check in cases.request_checks(case, by=village.clerk, at=moment("2025-03-05")):
        cases.answer_check(check, Check.Result.PASS, by=village.clerk, at=moment("2025-03-06"))
    return case


def to_the_end(village: Village, case: Case) -> Case:
    cases.start_publicity(case, by=village.clerk, at=moment("2025-03-10"))
    cases.end_publicity(case, by=village.clerk, at=moment("2025-03-18"))
    return cases.decide(case, "approve", "agree", by=village.leader, at=moment("2025-03-19"))


def test_who_is_approved_waits_from_that_day_in_the_order_of_acceptance(village: Village):
    household = village.town.household(1)
    application, case = received(village, household)
    case = to_second_review(village, case, village.town.street)
    case = cases.decide(case, "second_review", "agree", data=FOUND, by=village.reviewer, at=moment("2025-03-07"))
    decision = Decision.objects.get(case_id=case.pk)
    assert (decision.verdict, decision.kind, decision.subject) == (1, "first", "public_rental")
    assert recompute(decision).verdict is Verdict.GRANTED
    to_the_end(village, case)
    application.refresh_from_db()
    entry = WaitlistEntry.objects.get(application=application)
    assert (application.state, entry.ordered_on, entry.published_until) == ("approved", date(2025, 3, 4), date(2025, 3, 17))
    assert (entry.registered_on, entry.expires_on, entry.tier) == (date(2025, 3, 19), date(2030, 3, 19), 2)


def test_a_promised_paper_may_follow_but_not_beyond_its_day(village: Village):
    _application, case = received(village, village.town.household(2), PAPERS[:-1])
    with pytest.raises(AnjuError, match="cases.material_missing"):
        cases.accept(case, by=village.clerk, at=moment("2025-03-04"))
    paper = cases.promise_material(case, "income_proof", by=village.clerk, at=moment("2025-03-04"))
    case = cases.accept(case, by=village.clerk, at=moment("2025-03-04"))
    assert case.stage == "first_review"
    cases.receive_material(case, "income_proof", by=village.clerk, at=moment("2025-03-06"))
    paper.refresh_from_db()
    assert paper.state == "handed_in"


def test_hs_04_no_second_review_without_every_check(village: Village):
    _application, case = received(village, village.town.household(3))
    cases.accept(case, by=village.clerk, at=moment("2025-03-04"))
    street = village.town.street
    case = cases.decide(
        case, "first_review", "agree", data={"visited_on": "2025-03-05", "opinion": "属实"}, by=street, at=moment("2025-03-05")
    )
    checks = cases.request_checks(case, by=village.clerk, at=moment("2025-03-05"))
    for check in checks[1:]:
        cases.answer_check(check, Check.Result.PASS, by=village.clerk, at=moment("2025-03-06"))
    for answered in (None, Check.Result.UNCLEAR):
        if answered is not None:
            cases.answer_check(checks[0], answered, by=village.clerk, at=moment("2025-03-06"))
        with pytest.raises(AnjuError, match="cases.check_"):
            cases.decide(case, "second_review", "agree", data=FOUND, by=village.reviewer, at=moment("2025-03-07"))
    again = cases.request_check(case, checks[0].code, by=village.clerk, at=moment("2025-03-07"))
    cases.answer_check(again, Check.Result.PASS, by=village.clerk, at=moment("2025-03-07"))
    case = cases.decide(case, "second_review", "agree", data=FOUND, by=village.reviewer, at=moment("2025-03-07"))
    assert case.stage == "publicity"


def test_the_reviewer_settles_the_tier_and_the_rule_goes_by_it(village: Village):
    household = village.town.household(4, tier=4, income=600_000)  # 2,000元 a head: within 中等偏下, beyond 低收入
    _application, case = received(village, household)
    case = to_second_review(village, case, village.town.street)
    low = {"tier": "low_income", "insured": ""}
    with pytest.raises(AnjuError, match=r"超过收入线 1,500.00元/月·人.*housing.not_entitled"):
        cases.decide(case, "second_review", "agree", data=low, by=village.reviewer, at=moment("2025-03-07"))
    assert TierPeriod.objects.get(household=household, to_month=None).tier == 4  # what was refused changed nothing
    cases.decide(case, "second_review", "agree", data={"tier": "lower_middle", "insured": ""}, by=village.reviewer, at=moment("2025-03-07"))


def test_who_works_here_shows_how_long(village: Village):
    household = Household.objects.get(pk=village.town.household(5, tier=3).pk)
    verdicts = {}
    for months in (None, 11, 12):
        found = {"tier": "migrant_worker", "insured": months}
        verdicts[months] = qualify(household, found, on=date(2025, 3, 3), by=village.reviewer)[1].verdict
    # the village has no income line for this tier: what is not known is no pass, and what fails is told before it
    assert (verdicts[11], verdicts[12] is Verdict.GRANTED) == (Verdict.REFUSED, False)
    assert qualify(household, {"tier": "low_income"}, on=date(2025, 3, 3), by=village.reviewer)[1].verdict is Verdict.GRANTED


def test_a_refusal_is_appealed_and_its_case_taken_up_again_by_somebody_else(village: Village):
    household = village.town.household(6)
    application, case = received(village, household)
    with pytest.raises(AnjuError, match="housing.no_appealed_application"):
        appeal(application, by=village.clerk)
    case = to_second_review(village, case, village.town.street)
    said = {"reason": "has_housing", "text": "在邻县有住房一套"}
    cases.decide(case, "second_review", "refuse", **said, data=FOUND, by=village.reviewer, at=moment("2025-03-07"))
    application.refresh_from_db()
    assert (application.state, application.reason) == ("refused", "在邻县有住房一套")
    assert Decision.objects.filter(case_id=case.pk).count() == 1

    asked = appeal(application, by=village.clerk, materials=("request",))
    with pytest.raises(AnjuError, match="housing.one_open_appeal"):
        appeal(application, by=village.clerk)
    cases.accept(asked, by=village.clerk)
    second = another(village, "reviewer")
    cases.decide(asked, "examine", "agree", data={"opinion": "该住房已于五年前转让"}, by=second)
    cases.decide(asked, "decide", "agree", by=village.leader)
    application.refresh_from_db()
    case.refresh_from_db()
    assert (application.state, application.reason, case.state, case.stage) == ("accepted", "", "running", "second_review")


def test_hs_07_the_database_lets_nobody_wait_before_publicity_is_over(village: Village):
    household = village.town.household(7)
    application, case = received(village, household)
    case = to_second_review(village, case, village.town.street)
    case = cases.decide(case, "second_review", "agree", data=FOUND, by=village.reviewer, at=moment("2025-03-07"))
    publicity = cases.start_publicity(case, by=village.clerk, at=moment("2025-03-10"))
    objection = cases.object_to(case, "在外地有住房", by=village.clerk, at=moment("2025-03-12"))
    with pytest.raises(AnjuError, match="objection"):
        cases.end_publicity(case, by=village.clerk, at=moment("2025-03-18"))
    Application.objects.filter(pk=application.pk).update(state="approved", reviewed_on=date(2025, 3, 18))
    application.refresh_from_db()
    for day in (publicity.ends_on, date(2025, 3, 9)):  # an open objection; a publicity that never was
        with pytest.raises(AnjuError, match="housing.waits_after_publicity"), transaction.atomic():
            waiting.register(application, published_until=day, on=date(2025, 3, 19), by=village.leader)
    cases.settle_objection(objection, "dismissed", "经核实不属实", by=village.clerk, at=moment("2025-03-18"))
    waiting.register(application, published_until=publicity.ends_on, on=date(2025, 3, 19), by=village.leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        WaitlistEntry.objects.filter(application=application).update(published_until=date(2025, 3, 1))

"""租赁补贴 from the counter to the decision: authorisation, checks, the rule of the day, publicity; decisions are computed again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from anju.domains.housing.applications.applying import Written, apply_for
from anju.domains.housing.households import actions as households
from anju.domains.housing.models import Application, Decision, Household
from anju.domains.housing.payments.tests.town import Town, make_town
from anju.domains.housing.subsidies.deciding import recompute
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases import actions as cases
from anju.kernel.cases.models import Case, Check
from anju.kernel.errors import AnjuError
from anju.kernel.rules.judging import Verdict
from anju.testing.cases import moment
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db
PAPERS = ("application", "consent", "identity", "tenancy", "income_proof")
RECEIVED = "2025-03-03"


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    made = make_town()
    with using_scope(Scope.system()):
        yield made


def received(town: Town, household: Household) -> tuple[Application, Case]:
    application = apply_for(
        "rent_subsidy", household, Written(month_rent=500_000), on=date(2025, 3, 3), by=town.clerk, materials=PAPERS, at=moment(RECEIVED)
    )
    return application, Case.objects.get(pk=application.case_id)


def to_second_review(town: Town, case: Case) -> Case:
    second = make_actor_like(town)
    cases.accept(case, by=town.clerk, at=moment("2025-03-04"))
    case = cases.decide(case, "first_review", "agree", data={"opinion": "符合"}, by=second, at=moment("2025-03-05"))
    for check in cases.request_checks(case, by=second, at=moment("2025-03-05")):
        cases.answer_check(check, Check.Result.PASS, by=second, at=moment("2025-03-06"))
    return case


def make_actor_like(town: Town):
    from anju.kernel.orgs.models import Bureau

    return make_actor(Bureau.objects.get(pk=town.clerk.bureau_id), "clerk")


def test_from_the_counter_to_the_approval(town: Town):
    household = town.household(1)
    application, case = received(town, household)
    assert application.state == "submitted"
    case = to_second_review(town, case)
    application.refresh_from_db()
    assert (application.state, application.accepted_on) == ("accepted", date(2025, 3, 4))
    case = cases.decide(case, "second_review", "agree", by=town.reviewer, at=moment("2025-03-07"))
    decision = Decision.objects.get(case_id=case.pk)
    assert (decision.verdict, decision.amount, decision.decided_by) == (1, 103_500, town.reviewer.name)
    assert "housing.rent_subsidy.rate" in decision.basis["used"]
    again = recompute(decision)
    assert (again.verdict, again.amount) == (Verdict.GRANTED, 103_500)
    cases.start_publicity(case, by=town.clerk, at=moment("2025-03-10"))
    cases.end_publicity(case, by=town.clerk, at=moment("2025-03-24"))
    cases.decide(case, "approve", "agree", by=town.leader, at=moment("2025-03-25"))
    application.refresh_from_db()
    assert (application.state, application.reviewed_on) == ("approved", date(2025, 3, 25))


def test_nothing_is_accepted_before_every_adult_authorised(town: Town):
    household = town.household(2)
    household.members.filter(relation="other").update(authorised_on=None, authorisation="")
    application, case = received(town, household)
    with pytest.raises(AnjuError, match="housing.every_adult_authorises"):
        cases.accept(case, by=town.clerk, at=moment("2025-03-04"))
    for member in household.members.filter(authorised_on=None):
        households.authorise(member, on=date(2025, 3, 4), paper="sq.pdf", by=town.clerk)
    cases.accept(case, by=town.clerk, at=moment("2025-03-04"))
    application.refresh_from_db()
    assert application.state == "accepted"


def test_who_is_not_entitled_is_not_agreed_to_and_is_told_why(town: Town):
    household = town.household(3, tier=3, income=900_000)
    application, case = received(town, household)
    case = to_second_review(town, case)
    with pytest.raises(AnjuError, match=r"人均月收入 3,000.00元/月·人，超过收入线 1,500.00元/月·人.*housing.not_entitled"):
        cases.decide(case, "second_review", "agree", by=town.reviewer, at=moment("2025-03-07"))
    cases.decide(
        case, "second_review", "refuse", reason="over_income", text="人均月收入超过1500元", by=town.reviewer, at=moment("2025-03-07")
    )
    application.refresh_from_db()
    assert (application.state, application.reason) == ("refused", "人均月收入超过1500元")


def test_a_household_has_one_live_application(town: Town):
    household = town.household(4)
    received(town, household)
    with pytest.raises(AnjuError, match="housing.one_live_application"):
        received(town, household)

"""人才购房补贴 once per person and home, in tranches that follow one another (RB-10, RB-12, RB-13); 认定书 with each home once (RB-15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from anju.domains.housing import queries
from anju.domains.housing.models import PurchaseSubsidy, RecognitionLetter, Tranche
from anju.domains.housing.payments.tests.town import CITE, REGION, START, Town, make_town, resident_id
from anju.domains.housing.purchases.claiming import Claim, claim_talent_subsidy
from anju.domains.housing.purchases.recognising import list_homes
from anju.domains.market.hooks import cancel_barriers
from anju.domains.market.models import Contract
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases import actions as cases
from anju.kernel.cases.models import Case, Check
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau
from anju.kernel.parameters.actions import set_value
from anju.testing.cases import moment
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db
VALUES = {
    "housing.talent.amount": [{"degree": "master", "amount": "10万元"}, {"degree": "doctor", "amount": "30万元"}],
    "housing.talent.tranches": [{"ordinal": 1, "share": "50"}, {"ordinal": 2, "share": "30"}, {"ordinal": 3, "share": "20"}],
    "housing.talent.within": 60,
    "housing.talent.couple": "higher",
}
FIELDS = {
    "full_time": True, "works_here": True, "first_home": True, "contract_filed": True, "tax_paid": True, "signed_on": "2025-01-10",
    "began_on": "2023-09-01",
}  # fmt: skip
PAPERS = ("application", "identity", "diploma", "contract", "tax")


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    made = make_town()
    with using_scope(Scope.system()):
        for name, value in VALUES.items():
            set_value(name, value, region=REGION, start=START, cite=CITE, by=Actor.system("测试"))
        yield made


def claim(town: Town, number: int = 900, contract: str = "示东网2025000001") -> PurchaseSubsidy:
    made = Claim("王例博", resident_id(number), "doctor", contract, "东人才〔2024〕1号")
    return claim_talent_subsidy(made, on=date(2025, 3, 3), by=town.clerk, materials=PAPERS, at=moment("2025-03-03"))


def reviewed(town: Town, row: PurchaseSubsidy, **fields: object) -> Case:
    second = make_actor(Bureau.objects.get(pk=town.clerk.bureau_id), "clerk")
    case = Case.objects.get(pk=row.case_id)
    cases.accept(case, by=town.clerk, at=moment("2025-03-04"))
    for check in cases.request_checks(case, by=second, at=moment("2025-03-04")):
        cases.answer_check(check, Check.Result.PASS, by=second, at=moment("2025-03-04"))
    cases.decide(case, "review", "agree", by=second, at=moment("2025-03-05"))
    return cases.decide(case, "second_review", "agree", data=FIELDS | fields, by=town.reviewer, at=moment("2025-03-06"))


def test_a_doctor_gets_three_tranches_that_follow_one_another(town: Town):
    row = claim(town)
    case = reviewed(town, row)
    cases.start_publicity(case, by=town.clerk, at=moment("2025-03-07"))
    cases.end_publicity(case, by=town.clerk, at=moment("2025-03-24"))
    cases.decide(case, "approve", "agree", by=town.leader, at=moment("2025-03-25"))
    row.refresh_from_db()
    assert (row.state, row.amount, row.approved_on) == ("approved", 30_000_000, date(2025, 3, 25))
    tranches = list(row.tranches.order_by("ordinal"))
    assert [(one.amount, one.due_on.year) for one in tranches] == [(15_000_000, 2025), (9_000_000, 2026), (6_000_000, 2027)]
    with pytest.raises(IntegrityError, match="tranches_in_order"), transaction.atomic():
        Tranche.objects.filter(pk=tranches[1].pk).update(state="payable", rechecked_on=date(2026, 3, 1))
    Tranche.objects.filter(pk=tranches[0].pk).update(state="payable")
    Tranche.objects.filter(pk=tranches[0].pk).update(state="paid", paid_on=date(2025, 4, 1))
    with pytest.raises(IntegrityError, match="tranche_is_rechecked"), transaction.atomic():
        Tranche.objects.filter(pk=tranches[1].pk).update(state="payable")
    Tranche.objects.filter(pk=tranches[1].pk).update(state="payable", rechecked_on=date(2026, 3, 1))
    PurchaseSubsidy.objects.filter(pk=row.pk).update(state="paid", paid_on=date(2025, 4, 1))
    assert queries.unreturned_purchase_subsidy(row.contract_no, row.bureau_id) == row
    (barred,) = cancel_barriers(Contract(contract_no=row.contract_no, bureau_id=row.bureau_id))
    assert barred.code == "housing.subsidy_not_returned"
    assert cancel_barriers(Contract(contract_no="没有补贴的合同", bureau_id=row.bureau_id)) == []


def test_one_person_and_one_home_once(town: Town):
    claim(town)
    with pytest.raises(AnjuError, match="housing.one_purchase_subsidy_per_person"):
        claim(town, contract="示东网2025000002")
    with pytest.raises(AnjuError, match="housing.one_purchase_subsidy_per_home"):
        claim(town, number=901)


def test_a_second_home_is_refused_with_the_reason(town: Town):
    with pytest.raises(AnjuError, match=r"网签时家庭在本地已有住房.*housing.not_entitled"):
        reviewed(town, claim(town), first_home=False)


def test_a_home_is_in_one_letter(town: Town):
    fields = {
        "owner": "示例置业",
        "way": "built",
        "issued_on": date(2025, 3, 1),
        "units": 2,
        "region_code": REGION,
        "bureau_id": town.clerk.bureau_id,
    }
    one = RecognitionLetter.objects.create(letter_no="BZ1", project="示例公寓", **fields)
    other = RecognitionLetter.objects.create(letter_no="BZ2", project="示例青年里", **fields)
    homes = [("990121 001001 GB00001 F00010001", Decimal("45")), ("990121 001001 GB00001 F00010002", Decimal("45"))]
    assert list_homes(one, homes, by=town.clerk) == 2
    with pytest.raises(AnjuError, match="housing.unit_in_one_letter"):
        list_homes(other, homes[:1], by=town.clerk)
    with pytest.raises(AnjuError, match="housing.more_homes_than_recognised"):
        list_homes(one, [("X", Decimal("40"))], by=town.clerk)

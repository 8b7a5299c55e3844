"""Parts of purchase subsidies go to the bank in order, fail, are paid again, come back; new workers have runs of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from anju.domains.housing import queries
from anju.domains.housing.applications.applying import Written, apply_for
from anju.domains.housing.models import (
    Agreement,
    Application,
    BenefitMonth,
    Decision,
    Member,
    Payment,
    PaymentBatch,
    PurchaseSubsidy,
    Tranche,
)
from anju.domains.housing.payments import answering, drafting, sending, steps, supplementing, tranches
from anju.domains.housing.payments.tests.test_a_quarter_from_run_to_bank_return import answer, receipt
from anju.domains.housing.payments.tests.town import CITE, REGION, START, Town, make_town, resident_id
from anju.domains.housing.purchases import holding
from anju.domains.housing.purchases.rewarding import Purchase, claim_reward
from anju.domains.housing.subsidies import agreements, running
from anju.domains.market.hooks import cancel_barriers
from anju.domains.market.models import Contract
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases import actions as cases
from anju.kernel.cases.models import Case
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import actions as books
from anju.kernel.ledgers import queries as shelves
from anju.kernel.ledgers.catalogue import get
from anju.kernel.orgs.models import Bureau
from anju.kernel.parameters.actions import set_value
from anju.testing.cases import moment
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db
POLICY = "示东政发〔2022〕6号"
VALUES: dict[str, Any] = {
    "housing.reward.policies": [
        {"document": POLICY, "bought_from": "2022-07-01", "bought_to": "2022-12-31", "claim_until": "2023-06-30", "judged_by": "filed",
         "amount_rule": "per_area", "rate": "50", "most": "6000元", "max_area": "144"},
    ],
    "housing.new_worker.amount": [{"degree": "bachelor", "amount": "600元"}, {"degree": "master", "amount": "1000元"}],
    "housing.new_worker.graduated_within": 60,
    "housing.new_worker.insured_months": 6,
    "housing.new_worker.max_months": 4,
    "housing.new_worker.capped_by_rent": True,
}  # fmt: skip
PAPERS = ("application", "identity", "contract", "tax")


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    with using_scope(Scope.system()):
        made = make_town()
        for name, value in VALUES.items():
            set_value(name, value, region=REGION, start=START, cite=CITE, by=Actor.system("测试"))
        for kind in ("purchase_reward", "talent_purchase", "new_worker"):
            steps.set_budget(kind, 2023, 100_000_000, document="示例财社〔2023〕6号", by=made.leader)
        yield made


def claimed(town: Town, number: int = 900, **changes: Any) -> PurchaseSubsidy:
    fields: dict[str, Any] = {
        "name": "王例博", "resident_id": resident_id(number), "contract_no": f"示东网2022{number:06d}", "policy": POLICY,
        "bought_on": date(2022, 12, 31), "area": Decimal("98.50"),
    }  # fmt: skip
    return claim_reward(Purchase(**(fields | changes)), on=date(2023, 3, 1), by=town.clerk, materials=PAPERS, at=moment("2023-03-01"))


def granted(town: Town, row: PurchaseSubsidy) -> PurchaseSubsidy:
    second = make_actor(Bureau.objects.get(pk=town.clerk.bureau_id), "clerk")
    case = Case.objects.get(pk=row.case_id)
    cases.accept(case, by=town.clerk, at=moment("2023-03-02"))
    cases.decide(case, "review", "agree", by=second, at=moment("2023-03-03"))
    found = {"eligible_buyer": True, "eligible_home": True, "batch": 12}
    cases.decide(case, "second_review", "agree", data=found, by=town.reviewer, at=moment("2023-03-06"))
    cases.start_publicity(case, by=town.clerk, at=moment("2023-03-07"))
    cases.end_publicity(case, by=town.clerk, at=moment("2023-03-24"))
    cases.decide(case, "approve", "agree", by=town.leader, at=moment("2023-03-27"))
    row.refresh_from_db()
    return row


def sent(town: Town, batch: PaymentBatch) -> PaymentBatch:
    steps.review(batch, by=town.reviewer)
    steps.approve(batch, on=date(2023, 6, 25), by=town.leader)
    sending.send(batch, "csv-utf8", by=town.cashier)
    batch.refresh_from_db()
    return batch


def test_rb_11_a_reward_is_of_its_window_whenever_it_is_paid(town: Town):
    document = {"document_no": POLICY, "title": "奖励", "issuer": "示例县政府", "issued_on": "2022-07-01", "effective_from": "2022-07-01"}
    books.add_record(get("policy_document"), document, by=town.clerk)
    row = granted(town, claimed(town))
    assert (row.state, row.amount, row.round) == ("approved", 492_500, 12)
    ledger = get("purchase_reward")
    (shown,) = [one for one in shelves.page(ledger, town.clerk.scope).rows if one.pk == row.pk]
    assert (shown.batch, shown.buyer, shown.amount, shown.state) == (12, "王例博", 492_500, "approved")
    late = claimed(town, 901, bought_on=date(2023, 1, 1))
    with pytest.raises(AnjuError, match="不在政策期"):
        granted(town, late)
    with pytest.raises(AnjuError, match=r"housing\.no_such_policy"):
        claimed(town, 902, policy="没有的文号")
    with pytest.raises(AnjuError, match=r"housing\.one_purchase_subsidy_per_person"):
        claimed(town, 900, contract_no="示东网2022999999")
    with pytest.raises(AnjuError, match=r"housing\.case_carries_it"):
        books.change_record(ledger, row.pk, {"amount": "1"}, by=town.clerk, version=row.version, reason="更正")


def test_a_reward_of_the_book_is_of_its_window_too(town: Town):
    document = {
        "document_no": "东政发〔2016〕13号", "title": "购房奖励", "issuer": "示例县政府", "issued_on": "2016-01-01",
        "effective_from": "2016-01-01", "effective_to": "2017-12-31",
    }  # fmt: skip
    books.add_record(get("policy_document"), document, by=town.clerk)
    ledger = get("purchase_reward")
    values = {
        "batch": "9", "household_no": "09-0001", "buyer": "示例甲", "resident_id": resident_id(910), "policy": "东政发〔2016〕13号",
        "contract_no": "HT1", "purchased_on": "2017-12-31", "area": "100", "amount": "4300", "approved_on": "2022-03-01", "state": "待兑现",
    }  # fmt: skip
    number = books.add_record(ledger, values, by=town.clerk)
    row = PurchaseSubsidy.objects.get(pk=number)
    assert (row.kind, row.policy, row.round, row.tranches.get().state) == ("purchase_reward", "东政发〔2016〕13号", 9, "pending")
    books.change_record(ledger, number, {"state": "已兑现", "paid_on": "2022-08-15"}, by=town.clerk, version=1, reason="兑现")
    assert PurchaseSubsidy.objects.get(pk=number).tranches.get().state == "paid"
    with pytest.raises(AnjuError, match="不在“东政发〔2016〕13号”的执行期内"):
        books.add_record(ledger, values | {"household_no": "09-0002", "purchased_on": "2018-01-01"}, by=town.clerk)


def test_a_part_fails_is_paid_again_and_comes_back(town: Town):
    first, second, third = (granted(town, claimed(town, 900 + place)) for place in range(3))
    with pytest.raises(AnjuError, match="3人没有收款账户"):
        tranches.draft_purchases("purchase_reward", "2023-Q2", by=town.clerk)
    for row in (first, second):
        holding.set_account(row, "6222000000000000123", bank="示例银行", by=town.clerk)
    batch = tranches.draft_purchases("purchase_reward", "2023-Q2", by=town.clerk)
    assert queries.purchases(town.clerk.scope, without_account=True).get() == third
    with pytest.raises(AnjuError, match=r"housing\.nothing_to_pay"):
        tranches.draft_purchases("purchase_reward", "2023-Q2", by=town.clerk)
    dropped = Payment.objects.get(payment_batch=batch, head=first.applicant, remark="第1期", tranche__purchase=first)
    drafting.drop_row(dropped, by=town.clerk, reason="账号待核")
    steps.cancel(batch, reason="重新编制", by=town.clerk)
    batch = sent(town, tranches.draft_purchases("purchase_reward", "2023-Q2", by=town.clerk))
    assert (batch.rows, batch.total) == (2, 2 * 492_500)
    answering.take_answer(batch, answer(batch, failing=1), receipt(), by=town.cashier)
    states = sorted(PurchaseSubsidy.objects.filter(pk__in=(first.pk, second.pk)).values_list("state", flat=True))
    assert states == ["approved", "paid"]
    paid = PurchaseSubsidy.objects.get(state="paid")
    (barred,) = cancel_barriers(Contract(contract_no=paid.contract_no, bureau_id=paid.bureau_id))
    assert barred.code == "housing.subsidy_not_returned"
    failed = PurchaseSubsidy.objects.get(pk__in=(first.pk, second.pk), state="approved")
    with pytest.raises(AnjuError, match=r"housing\.nothing_to_return"):
        holding.give_back(failed, receipt="JK1", on=date(2023, 8, 1), by=town.reviewer)
    holding.set_account(failed, "6222000000000000999", bank="示例银行", by=town.clerk)
    fresh = supplementing.supplement(batch, by=town.clerk)
    again = Payment.objects.get(payment_batch=fresh)
    assert again.account is not None
    assert (again.account.in_full, again.reissue_of_id is not None) == ("6222000000000000999", True)
    sent(town, fresh)
    answering.take_answer(fresh, answer(fresh), receipt("HP002"), by=town.cashier)
    failed.refresh_from_db()
    assert (failed.state, failed.tranches.get().payment_id) == ("paid", again.pk)
    assert holding.give_back(paid, receipt="JK0012", on=date(2023, 8, 1), by=town.reviewer) == 492_500
    assert cancel_barriers(Contract(contract_no=paid.contract_no, bureau_id=paid.bureau_id)) == []


def test_rb_12_a_later_part_waits_for_the_one_before_and_its_recheck(town: Town):
    row = PurchaseSubsidy.objects.create(
        application_no="RC1", applicant="李例士", resident_id=resident_id(950), degree="doctor", contract_no="HT9", policy=POLICY,
        amount=300, applied_on=date(2023, 1, 3), approved_on=date(2023, 2, 1), state="approved", case_id=990_001,
        bureau_id=town.clerk.bureau_id, region_code=REGION, account="6222000000000000123", bank="示例银行",
    )  # fmt: skip
    one, two = (
        Tranche.objects.create(
            purchase=row, ordinal=place, amount=150, due_on=date(2023, place, 1), bureau_id=row.bureau_id, region_code=REGION
        )
        for place in (1, 2)
    )
    with pytest.raises(AnjuError, match=r"housing\.tranches_in_order"):
        holding.recheck(two, fit=True, reason="", on=date(2023, 3, 1), by=town.reviewer)
    batch = tranches.draft_purchases("talent_purchase", "2023-Q1", by=town.clerk)
    assert [payment.remark for payment in Payment.objects.filter(payment_batch=batch)] == ["第1期"]
    with pytest.raises(DatabaseError, match="tranche_of_its_payment"), transaction.atomic():
        Tranche.objects.filter(pk=one.pk).update(state="paid", paid_on=date(2023, 3, 1))
    sent(town, batch)
    answering.take_answer(batch, answer(batch), receipt(), by=town.cashier)
    with pytest.raises(AnjuError, match=r"housing\.nothing_to_pay"):
        tranches.draft_purchases("talent_purchase", "2023-Q1", by=town.clerk)
    with pytest.raises(AnjuError, match=r"housing\.no_reason"):
        holding.recheck(two, fit=False, reason="", on=date(2023, 7, 1), by=town.reviewer)
    holding.recheck(two, fit=True, reason="", on=date(2023, 7, 1), by=town.reviewer)
    assert tranches.draft_purchases("talent_purchase", "2023-Q3", by=town.clerk).payments.get().amount == 150


def test_rb_04_new_workers_are_run_and_paid_up_to_their_limit(town: Town):
    household = town.household(60, persons=1)
    agreements.end(
        household.agreements.get(), ending="other", on=date(2022, 12, 31), unpaid_from=date(2023, 1, 1), reason="改领", by=town.clerk
    )
    person = Member.objects.get(household=household)
    application = apply_for(
        Application.Product.NEW_WORKER, household, Written(degree="bachelor", graduated_on=date(2021, 7, 1), month_rent=55_000),
        on=date(2022, 12, 1), by=town.clerk,
        at=moment("2022-12-01"),
    )  # fmt: skip
    Application.objects.filter(pk=application.pk).update(accepted_on=date(2022, 12, 2), state="accepted")
    Application.objects.filter(pk=application.pk).update(reviewed_on=date(2022, 12, 20), state="approved")
    Decision.objects.create(
        decision_no="SH-NW1", subject="new_worker", kind="first", household=household, household_no=household.household_no,
        head=person.name, inputs={"insured": 8, "other_support": False}, basis={}, verdict=1, decided_on=date(2022, 12, 20),
        decided_by="测试",
        case_id=application.case_id, bureau_id=town.clerk.bureau_id, region_code=REGION,
    )  # fmt: skip
    town.agreement(household, person, 61, kind=Agreement.Kind.NEW_WORKER, application=application, max_months=4, month_rent=55_000)
    for month in range(1, 4):
        run = running.run_new_worker(date(2023, month, 1), by=town.clerk, on=date(2023, 3, 20))
        assert (run.granted, run.total) == (1, 55_000)
    batch = drafting.draft_subsidies("new_worker", "2023-Q1", by=town.clerk)
    assert (batch.payments.get().amount, batch.payments.get().months) == (165_000, 3)
    assert sorted(BenefitMonth.objects.filter(form="new_worker").values_list("ordinal", flat=True)) == [1, 2, 3]
    sent(town, batch)
    answering.take_answer(batch, answer(batch), receipt(), by=town.cashier)
    running.run_new_worker(date(2023, 4, 1), by=town.clerk, on=date(2023, 4, 20))
    drafting.draft_subsidies("new_worker", "2023-04", by=town.clerk)
    fifth = running.run_new_worker(date(2023, 5, 1), by=town.clerk, on=date(2023, 5, 20))
    assert (fifth.granted, fifth.refused) == (0, 1)
    with pytest.raises(AnjuError, match=r"housing\.nothing_to_pay"):
        drafting.draft_subsidies("new_worker", "2023-05", by=town.clerk)

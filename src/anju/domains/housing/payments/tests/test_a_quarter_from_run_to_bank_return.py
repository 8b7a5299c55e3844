"""A subsidy quarter: run, draft, review, approve, bank, two failed rows, their re-issue; what may not happen on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from anju.domains.housing.models import BankFile, BenefitMonth, Payment, PaymentBatch
from anju.domains.housing.payments import answering, drafting, sending, steps, supplementing
from anju.domains.housing.payments.answering import Receipt
from anju.domains.housing.payments.tests.town import Town, make_town
from anju.domains.housing.subsidies import agreements
from anju.domains.housing.subsidies.running import explain, newest_runs
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.rules.judging import Verdict

pytestmark = pytest.mark.django_db
PAID_ON = date(2023, 6, 28)


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    made = make_town()
    for number in range(1, 7):
        made.household(number)
    with using_scope(Scope.system()):
        yield made


def answer(batch: PaymentBatch, failing: int = 0) -> bytes:
    rows = Payment.objects.filter(payment_batch=batch).order_by("payment_no")
    lines = [
        f"{row.payment_no},{row.amount // 100}.{row.amount % 100:02d},{'9001,账号已销户' if place < failing else '0000,'}"
        for place, row in enumerate(rows)
    ]
    return ("发放编号,金额,结果,原因\r\n" + "\r\n".join(lines)).encode()


def receipt(serial: str = "HP001") -> Receipt:
    return Receipt("示例银行", serial, PAID_ON, "csv-utf8")


def test_a_run_stores_what_the_rule_says_and_explains_every_row(town: Town):
    town.run_quarter()
    run = newest_runs(town.clerk.bureau_id, "rent_subsidy", [date(2023, 5, 1)])[date(2023, 5, 1)]
    assert (run.rows, run.granted, run.total) == (6, 6, 6 * 103_500)
    row = run.found.first()
    why = explain(run, row.household_id)
    assert (why.verdict, why.amount) == (Verdict.GRANTED, row.amount) == (1, 103_500)
    assert any(line.text == "45㎡ 减去自有住房 0㎡，不低于零，不超过 60㎡" for line in why.lines)


def test_the_quarter_with_two_failed_rows_and_their_reissue(town: Town):
    town.run_quarter()
    batch = town.sent_batch()
    assert (batch.state, batch.rows, batch.total) == ("sent", 6, 6 * 3 * 103_500)
    assert BenefitMonth.objects.count() == 18
    result = answering.take_answer(batch, answer(batch, failing=2), receipt(), by=town.cashier)
    batch.refresh_from_db()
    assert (batch.state, result.paid, result.failed, batch.paid_total) == ("partly_failed", 4, 2, 4 * 310_500)
    assert BenefitMonth.objects.count() == 12

    with pytest.raises(AnjuError, match="housing.failed_rows_are_settled"):
        steps.close(batch, by=town.cashier)
    fresh = supplementing.supplement(batch, by=town.clerk)
    rows = list(Payment.objects.filter(payment_batch=fresh).select_related("reissue_of"))
    assert [(row.amount, row.reissue_of.state, row.covers) for row in rows] == [(310_500, "failed", "2023-04,2023-05,2023-06")] * 2
    with pytest.raises(AnjuError, match="housing.nothing_failed"):
        supplementing.supplement(batch, by=town.clerk)
    steps.review(fresh, by=town.reviewer)
    steps.approve(fresh, on=date(2023, 7, 3), by=town.leader)
    sending.send(fresh, "csv-utf8", by=town.cashier)
    answering.take_answer(fresh, answer(fresh), receipt("HP002"), by=town.cashier)
    steps.close(batch, by=town.cashier)
    assert BenefitMonth.objects.count() == 18
    assert Payment.objects.filter(state="paid").count() == 6


def test_no_month_is_paid_twice_whoever_tries(town: Town):
    town.run_quarter()
    batch = town.sent_batch()
    with pytest.raises(AnjuError, match="housing.nothing_to_pay"):
        drafting.draft_rent_subsidies("2023-Q2", by=town.clerk)
    taken = BenefitMonth.objects.first()
    with pytest.raises(IntegrityError, match="one_benefit_a_month"), transaction.atomic():
        BenefitMonth.objects.create(
            household=taken.household,
            month=taken.month,
            form=taken.form,
            payment=taken.payment,
            agreement=taken.agreement,
            region_code="990121",
            bureau_id=taken.bureau_id,
        )
    answering.take_answer(batch, answer(batch), receipt(), by=town.cashier)
    with pytest.raises(IntegrityError, match="month_is_taken_or_given_back"), transaction.atomic():
        taken.delete()


def test_nobody_does_two_steps_and_nobody_skips_one(town: Town):
    town.run_quarter()
    batch = drafting.draft_rent_subsidies("2023-Q2", by=town.clerk)
    with pytest.raises(Forbidden):
        steps.review(batch, by=town.clerk)
    with pytest.raises(AnjuError, match="housing.illegal_transition"):
        steps.approve(batch, on=date(2023, 6, 25), by=town.leader)
    PaymentBatch.objects.filter(pk=batch.pk).update(drafted_by=town.reviewer.staff_id)
    with pytest.raises(AnjuError, match="housing.three_people_for_a_batch"):
        steps.review(batch, by=town.reviewer)


def test_a_step_is_taken_once(town: Town):
    town.run_quarter()
    batch = drafting.draft_rent_subsidies("2023-Q2", by=town.clerk)
    steps.review(batch, by=town.reviewer)
    with pytest.raises(AnjuError, match="housing.illegal_transition"):
        steps.review(batch, by=town.reviewer)
    with pytest.raises(IntegrityError, match="illegal_transition"), transaction.atomic():
        PaymentBatch.objects.filter(pk=batch.pk).update(reviewed_by=town.leader.staff_id)


def test_what_was_reviewed_is_what_is_paid(town: Town):
    town.run_quarter()
    batch = drafting.draft_rent_subsidies("2023-Q2", by=town.clerk)
    dropped = Payment.objects.filter(payment_batch=batch).first()
    drafting.drop_row(dropped, by=town.clerk, reason="账号待核")
    steps.review(batch, by=town.reviewer)
    row = Payment.objects.filter(payment_batch=batch).first()
    for change in ({"amount": 1}, {"head": "别人"}, {"household_id": dropped.household_id}):
        with pytest.raises(IntegrityError, match="batch_is_no_draft"), transaction.atomic():
            Payment.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError, match="settled_payment_stays"), transaction.atomic():
        connection.cursor().execute("DELETE FROM housing_payment WHERE id = %s", [row.pk])
    with pytest.raises(IntegrityError, match="batch_total"), transaction.atomic():
        PaymentBatch.objects.filter(pk=batch.pk).update(state="approved", approved_by=1, approved_on=PAID_ON, total=1)
    steps.send_back(batch, reason="补一户", by=town.reviewer)
    assert drafting.draft_rent_subsidies("2023-Q2", by=town.clerk).payments.count() == 1


def test_a_paid_row_never_changes(town: Town):
    town.run_quarter()
    batch = town.sent_batch()
    answering.take_answer(batch, answer(batch), receipt(), by=town.cashier)
    row = Payment.objects.filter(payment_batch=batch).first()
    for change in (
        {"amount": 1},
        {"state": "failed"},
        {"settled_on": date(2023, 7, 1)},
        {"remark": "x"},
        {"voided_at": "2023-07-01T00:00Z"},
    ):
        with pytest.raises(IntegrityError, match="settled_payment_stays"), transaction.atomic():
            Payment.objects.filter(pk=row.pk).update(**change)


def test_the_file_of_a_batch_is_the_same_however_often_it_is_written(town: Town):
    town.run_quarter()
    batch = town.sent_batch()
    file, content = sending.send(batch, "csv-utf8", by=town.cashier)
    again, same = sending.send(batch, "csv-utf8", by=town.cashier)
    assert (again.pk, same) == (file.pk, content)
    assert BankFile.objects.count() == 1
    text = content.decode()
    assert text.count("\r\n") == 7
    assert "3105.00,住房租赁补贴2023-Q2" in text
    with pytest.raises(AnjuError, match="housing.bank_file_differs"):
        sending.send(batch, "fixed-gb18030", by=town.cashier)


def test_the_bank_is_believed_once_and_only_to_the_fen(town: Town):
    town.run_quarter()
    batch = town.sent_batch()
    good = answer(batch, failing=1)
    for wrong, said in (
        (good.replace(b"3105.00", b"3105.01", 1), "3,105.01"),
        (good.rsplit(b"\r\n", 1)[0], "没有答复"),
        (good + b"\r\nX,1.00,0000,", "不在这个批次"),
        (good + b"\r\n" + good.rsplit(b"\r\n", 1)[1], "出现两次"),
        (b"\xff\xfe", "bank_file_unreadable"),
        (b"A,1.0.0,0000,", "第1行"),
    ):
        with pytest.raises(AnjuError, match=said):
            answering.take_answer(batch, wrong, receipt(), by=town.cashier)
    assert Payment.objects.filter(payment_batch=batch, state="waiting").count() == 6
    first = answering.take_answer(batch, good, receipt(), by=town.cashier)
    assert answering.take_answer(batch, good, receipt(), by=town.cashier).pk == first.pk
    with pytest.raises(AnjuError, match="housing.bank_serial_reused"):
        answering.take_answer(batch, answer(batch), receipt(), by=town.cashier)
    with pytest.raises(AnjuError, match="housing.illegal_transition"):
        answering.take_answer(batch, answer(batch), receipt("HP009"), by=town.cashier)


def test_a_batch_stays_within_the_budget(town: Town):
    steps.set_budget("rent_subsidy", 2023, 6 * 310_500 - 1, document="示例财社〔2023〕5号", by=town.leader)
    town.run_quarter()
    batch = drafting.draft_rent_subsidies("2023-Q2", by=town.clerk)
    steps.review(batch, by=town.reviewer)
    with pytest.raises(AnjuError, match="housing.batch_within_budget"):
        steps.approve(batch, on=date(2023, 6, 25), by=town.leader)
    steps.set_budget("rent_subsidy", 2023, 6 * 310_500, document="示例财社〔2023〕6号", by=town.leader)
    steps.approve(batch, on=date(2023, 6, 25), by=town.leader)
    with pytest.raises(AnjuError, match="housing.batch_within_budget"):
        steps.set_budget("rent_subsidy", 2023, 1, document="示例财社〔2023〕7号", by=town.leader)


def test_after_25_december_a_leader_says_why(town: Town):
    town.run_quarter()
    batch = drafting.draft_rent_subsidies("2023-Q2", by=town.clerk)
    steps.review(batch, by=town.reviewer)
    with pytest.raises(AnjuError, match="housing.year_end_needs_a_reason"):
        steps.approve(batch, on=date(2023, 12, 26), by=town.leader)
    steps.approve(batch, on=date(2023, 12, 26), late_reason="财政资金12月26日到位", by=town.leader)


def test_no_month_outside_the_agreement_is_taken(town: Town):
    town.run_quarter(date(2023, 6, 1))
    agreement = Payment.objects.model.agreement.field.related_model.objects.order_by("pk").first()
    agreements.end(agreement, ending="death", on=date(2023, 6, 10), unpaid_from=date(2023, 6, 1), reason="死亡证明", by=town.clerk)
    with pytest.raises(AnjuError, match="housing.month_outside_agreement"):
        drafting.draft_rent_subsidies("2023-06", by=town.clerk)
    town.run_quarter(date(2023, 6, 1))
    assert drafting.draft_rent_subsidies("2023-06", by=town.clerk).payments.count() == 5


def test_a_clerk_of_another_county_sees_and_moves_nothing(town: Town):
    from anju.testing.factories import make_actor, make_bureau

    town.run_quarter()
    batch = drafting.draft_rent_subsidies("2023-Q2", by=town.clerk)
    stranger = make_actor(make_bureau("xiping", "990122"), "reviewer")
    with pytest.raises(AnjuError, match="housing.no_such_row"):
        steps.review(batch, by=stranger)
    with using_scope(stranger.scope), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM housing_payment")
        assert cursor.fetchone() == (0,)

"""A process killed at any statement of a step leaves all of it or nothing; the same step again, with its key, finishes it once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection

from anju.domains.housing.models import Payment, PaymentBatch
from anju.domains.housing.payments import answering, drafting, sending, steps, supplementing
from anju.domains.housing.payments.answering import Receipt
from anju.domains.housing.payments.tests.town import make_town
from anju.domains.housing.subsidies.running import run_rent_subsidy
from anju.kernel.access.scope import Scope, using_scope
from anju.testing.dying import REFUSED, SURVIVED, alone, die_after_commit, die_everywhere, die_in

TABLES = (
    "housing_subsidyrun", "housing_subsidyrunrow", "housing_paymentbatch", "housing_payment", "housing_benefitmonth", "housing_bankfile",
    "housing_bankresult",
)  # fmt: skip
RECEIPT = Receipt("示例银行", "HP001", date(2023, 6, 28), "csv-utf8")


def picture(*, journal: bool = True) -> dict[str, object]:
    """What the tables hold. Without the journal: that somebody asked again may be in it."""
    found = {}
    with connection.cursor() as cursor:
        for table in (*TABLES, "journal_entry") if journal else TABLES:
            cursor.execute(f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM {table} t")
            found[table] = cursor.fetchone()
    return found


def answer_with_two_failures() -> bytes:
    rows = Payment.objects.order_by("payment_no")
    return "\n".join(
        f"{row.payment_no},{row.amount // 100}.{row.amount % 100:02d},{'9001,销户' if place < 2 else '0000,'}"
        for place, row in enumerate(rows)
    ).encode()


def test_every_step_of_a_batch_survives_being_killed(fresh_db: str):
    alone(scenario, fresh_db)


def scenario() -> None:
    with using_scope(Scope.system()):
        town = make_town()
        for number in range(1, 5):
            town.household(number, persons=1)
        killed = {}
        for name, (step, again) in _steps(town.clerk, town.reviewer, town.leader, town.cashier).items():
            before = picture()
            killed[name] = die_everywhere(step, lambda point, kept=before: _same(point, kept))  # type: ignore[misc]
            die_after_commit(step)
            done = picture(journal=False)
            assert done != {table: found for table, found in before.items() if table in done}, name
            assert die_in(step) == again, name  # refused as done, or known by its key or serial
            assert picture(journal=False) == done, name
        assert min(killed.values()) >= 3, killed
        assert list(PaymentBatch.objects.order_by("pk").values_list("state", flat=True)) == ["partly_failed", "draft"]


def _steps(clerk, reviewer, leader, cashier) -> dict[str, tuple[Callable[[], object], int]]:
    def batch() -> PaymentBatch:
        return PaymentBatch.objects.order_by("pk")[0]

    return {
        "run": (lambda: run_rent_subsidy(date(2023, 6, 1), by=clerk, on=date(2023, 6, 20), key="run-2023-06"), SURVIVED),
        "draft": (lambda: drafting.draft_rent_subsidies("2023-06", by=clerk, key="draft-2023-06"), SURVIVED),
        "review": (lambda: steps.review(batch(), by=reviewer), REFUSED),
        "approve": (lambda: steps.approve(batch(), on=date(2023, 6, 25), by=leader), REFUSED),
        "send": (lambda: sending.send(batch(), "csv-utf8", by=cashier, key="send-2023-06"), SURVIVED),
        "answer": (lambda: answering.take_answer(batch(), answer_with_two_failures(), RECEIPT, by=cashier), SURVIVED),
        "supplement": (lambda: supplementing.supplement(batch(), by=clerk, key="supplement"), SURVIVED),
    }


def _same(point: int, before: dict[str, object]) -> None:
    assert picture() == before, point

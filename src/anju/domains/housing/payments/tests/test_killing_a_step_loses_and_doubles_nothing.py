"""A process killed at any statement of a step leaves all of it or nothing; the same step again, with its key, finishes it once."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import Any

from django.db import connection

from anju.domains.housing.models import Payment
from anju.domains.housing.payments.tests.town import make_town
from anju.kernel.access.scope import Scope, using_scope

TABLES = (
    "housing_subsidyrun", "housing_subsidyrunrow", "housing_paymentbatch", "housing_payment", "housing_benefitmonth", "housing_bankfile",
    "housing_bankresult", "journal_entry",
)  # fmt: skip
POINTS = {"run": (2, 4), "draft": (3, 9), "review": (1, 2), "approve": (1,), "send": (1, 2), "answer": (2, 5), "supplement": (2, 7)}
"""After how many statements each step is killed: early, and when most of its rows are written."""
REFUSED_AGAIN = ("review", "approve")


def picture() -> dict[str, Any]:
    """What the tables hold, times aside."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
        cursor.execute("SELECT state, rows, total, paid_total FROM housing_paymentbatch ORDER BY id")
        found["batches"] = cursor.fetchall()
        cursor.execute("SELECT state, amount, reissue_of_id IS NOT NULL FROM housing_payment ORDER BY payment_no")
        found["payments"] = cursor.fetchall()
    return found


def take(database: str, step: str, left: int, content: bytes = b"") -> int:
    command = [sys.executable, "-m", "anju.domains.housing.payments.tests.dying", database, step, str(left)]
    return subprocess.run(command, input=content, check=False, capture_output=True).returncode


def answer_with_two_failures() -> bytes:
    rows = Payment.objects.order_by("payment_no")
    return "\n".join(
        f"{row.payment_no},{row.amount // 100}.{row.amount % 100:02d},{'9001,销户' if place < 2 else '0000,'}"
        for place, row in enumerate(rows)
    ).encode()


def test_every_step_of_a_batch_survives_being_killed(fresh_db: str):
    with using_scope(Scope.system()):
        town = make_town()
        for number in range(1, 5):
            town.household(number, persons=1)
        killed = 0
        for step, points in POINTS.items():
            content = answer_with_two_failures() if step == "answer" else b""
            before = picture()
            for left in points:
                assert take(fresh_db, step, left, content) == -signal.SIGKILL, (step, left)
                assert picture() == before, (step, left)
                killed += 1
            assert take(fresh_db, step, 0, content) == 0, step
            done = picture()
            assert done != before, step
            again = take(fresh_db, step, 0, content)
            assert again == (1 if step in REFUSED_AGAIN else 0), step  # refused as done, or known by its key or serial
            after = picture()
            if step == "answer":  # that somebody asked again is in the journal
                after["journal_entry"] = done["journal_entry"]
            assert after == done, step
        assert killed == sum(len(points) for points in POINTS.values())
        assert [state for state, *_ in picture()["batches"]] == ["partly_failed", "draft"]

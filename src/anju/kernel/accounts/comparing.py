"""Compare every balance with the transfers it is made of, and every book's debits with its credits. What differs is a work item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.accounts.books import Account
from anju.kernel.accounts.money import yuan
from anju.kernel.accounts.reconciling.models import Difference
from anju.kernel.errors import Problem
from anju.kernel.journal.actions import action

LIMIT = 200

# One statement, one moment: what is being written meanwhile stands in both sides or in neither.
_UNEQUAL = """
WITH moved AS (
    SELECT account, sum(debits) AS debits, sum(debits_pending) AS debits_pending, sum(credits) AS credits,
           sum(credits_pending) AS credits_pending
    FROM (
        SELECT debit_id AS account, CASE WHEN kind IN ('posted', 'post') THEN amount_fen ELSE 0 END AS debits,
               CASE WHEN kind = 'pending' AND NOT ended THEN amount_fen ELSE 0 END AS debits_pending, 0 AS credits, 0 AS credits_pending
        FROM told
        UNION ALL
        SELECT credit_id, 0, 0, CASE WHEN kind IN ('posted', 'post') THEN amount_fen ELSE 0 END,
               CASE WHEN kind = 'pending' AND NOT ended THEN amount_fen ELSE 0 END
        FROM told
    ) sides GROUP BY account
)
SELECT b.account_id, coalesce(m.debits, 0), b.debits_posted, coalesce(m.credits, 0), b.credits_posted, coalesce(m.debits_pending, 0),
       b.debits_pending, coalesce(m.credits_pending, 0), b.credits_pending
FROM accounts_balance b LEFT JOIN moved m ON m.account = b.account_id
WHERE (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending)
   IS DISTINCT FROM (coalesce(m.debits, 0), coalesce(m.credits, 0), coalesce(m.debits_pending, 0), coalesce(m.credits_pending, 0))
ORDER BY b.account_id LIMIT %s
"""
_TOLD = (
    "WITH ended AS (SELECT pending_id FROM accounts_transfer WHERE pending_id IS NOT NULL),"
    " told AS (SELECT t.kind, t.debit_id, t.credit_id, t.amount_fen, e.pending_id IS NOT NULL AS ended"
    " FROM accounts_transfer t LEFT JOIN ended e ON e.pending_id = t.id) "
)
_DAYS = """
SELECT d.account_id, d."on", d.debits, d.credits FROM accounts_daytotal d
WHERE d.debits <> coalesce((SELECT sum(amount_fen) FROM accounts_transfer
          WHERE debit_id = d.account_id AND kind IN ('posted', 'post') AND dated_on <= d."on"), 0)
   OR d.credits <> coalesce((SELECT sum(amount_fen) FROM accounts_transfer
          WHERE credit_id = d.account_id AND kind IN ('posted', 'post') AND dated_on <= d."on"), 0)
ORDER BY 1, 2 LIMIT %s
"""
_BOOKS = (
    "SELECT book_id, sum(debits_posted), sum(credits_posted) FROM accounts_balance GROUP BY book_id"
    " HAVING sum(debits_posted) <> sum(credits_posted) OR sum(debits_pending) <> sum(credits_pending) ORDER BY 1 LIMIT %s"
)
_MISSING = (
    "SELECT a.id FROM accounts_account a LEFT JOIN accounts_balance b ON b.account_id = a.id WHERE b.account_id IS NULL ORDER BY 1 LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Unequal:
    """An account whose balance is not what its transfers make; fen on its own side, pending aside when `pending` is false."""

    account_id: int
    derived_fen: int
    kept_fen: int


def unequal() -> list[Unequal]:
    """Accounts whose kept sums differ from their transfers, at most LIMIT."""
    with connection.cursor() as cursor:
        cursor.execute(_TOLD + ", " + _UNEQUAL.strip().removeprefix("WITH "), [LIMIT])
        rows = cursor.fetchall()
    return [Unequal(row[0], int(row[3] - row[1]), int(row[4] - row[2])) for row in rows]


def compare() -> list[Problem]:
    """Everything that does not agree, as problems: balances, day totals, books. Changes nothing. Run it in the system's scope."""
    found = [
        Problem(
            "accounts.derived_differs",
            f"账户 {one.account_id}",
            f"余额与流水不符：账户行为{yuan(one.kept_fen)}，流水合计为{yuan(one.derived_fen)}。",
            "有人绕过系统改了数据库。请保留现场，以流水与日志为准查明。",
        )
        for one in unequal()
    ]
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [LIMIT])
        found += [
            Problem("accounts.day_differs", f"账户 {row[0]} {row[1]}", "日终余额与流水不符。", "请重建该账户的日终余额，并查明原因。")
            for row in cursor.fetchall()
        ]
        cursor.execute(_BOOKS, [LIMIT])
        found += [
            Problem(
                "accounts.book_unbalanced",
                f"账簿 {row[0]}",
                f"借方{yuan(int(row[1]))}不等于贷方{yuan(int(row[2]))}。",
                "请保留现场并查明。",
            )
            for row in cursor.fetchall()
        ]
        cursor.execute(_MISSING, [LIMIT])
        found += [Problem("accounts.no_balance", f"账户 {row[0]}", "没有余额行。", "请保留现场并查明。") for row in cursor.fetchall()]
    return found


def note_unequal(*, by: Actor) -> int:
    """Make every account that does not agree somebody's work, once, and settle those that agree again; returns how many differ."""
    wrong = {one.account_id: one for one in unequal()}
    open_ones = Difference.objects.filter(kind=Difference.Kind.DERIVED).exclude(state=Difference.State.SETTLED)
    known = {one.account_id: one for one in open_ones}
    if wrong.keys() == known.keys() and all(known[number].amount_fen == _gap(one) for number, one in wrong.items()):
        return len(wrong)
    with action("accounts.note_unequal", by=by, data={"accounts": sorted(wrong)}):
        for number, one in known.items():
            if number not in wrong or _gap(wrong[number]) != one.amount_fen:
                one.state, one.settled_at = Difference.State.SETTLED, timezone.now()
                one.save(update_fields=["state", "settled_at"])
        accounts = Account.objects.in_bulk(list(wrong))
        Difference.objects.bulk_create(
            Difference(
                account=accounts[number],
                kind=Difference.Kind.DERIVED,
                on=timezone.localdate(),
                amount_fen=_gap(one),
                region_code=accounts[number].region_code,
                bureau_id=accounts[number].bureau_id,
            )
            for number, one in wrong.items()
            if number not in known or known[number].amount_fen != _gap(one)
        )
    return len(wrong)


def _gap(one: Unequal) -> int:
    return one.kept_fen - one.derived_fen

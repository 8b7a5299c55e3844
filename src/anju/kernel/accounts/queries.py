"""Reads of the accounts that other code may use. All of them within the session's data scope, which the database enforces."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from anju.kernel.access.actor import Actor
from anju.kernel.accounts.books import Account, Balance, Book, DayTotal, Floor
from anju.kernel.accounts.transfers import Transfer
from anju.kernel.errors import AnjuError

PAGE_LIMIT = 500
MOST_IN_CHAIN = 10_000
MOVED = (Transfer.Kind.POSTED, Transfer.Kind.POST)


def account(number: int, by: Actor) -> Account:
    """One account of the reader's scope. Raises AnjuError `accounts.unknown_account`."""
    found = by.scope.narrow(Account.objects.filter(pk=number).select_related("book")).first()
    if found is None:
        raise AnjuError.of("accounts.unknown_account", "没有这个账户，或不在您的数据范围内。", advice="请核对账户。")
    return found


def accounts_of(subject: str, by: Actor) -> QuerySet[Account]:
    """The accounts that belong to a record (`table:number`)."""
    return by.scope.narrow(Account.objects.filter(subject=subject).order_by("pk"))


def book_of(code: str, bureau_id: int) -> Book | None:
    """A bureau's book by its code."""
    return Book.objects.filter(bureau_id=bureau_id, code=code).first()


def balance(account_id: int) -> Balance:
    """What the account holds now. Raises AnjuError `accounts.unknown_account`."""
    found = Balance.objects.filter(pk=account_id).first()
    if found is None:
        raise AnjuError.of("accounts.unknown_account", "没有这个账户，或不在您的数据范围内。", advice="请核对账户。")
    return found


def balances(account_ids: Iterable[int]) -> dict[int, Balance]:
    """What several accounts hold now, by id."""
    return {row.pk: row for row in Balance.objects.filter(pk__in=list(account_ids))}


def balance_on(account: Account, on: datetime.date) -> int:
    """The posted balance at the end of a business day, fen, on the account's own side: the nearest day total and what came after it."""
    debits, credits = _totals_on(account.pk, on)
    return credits - debits if account.side == Account.Side.CREDIT else debits - credits


def daily_balances(account: Account, first: datetime.date, last: datetime.date) -> list[tuple[datetime.date, int]]:
    """(day, balance at its end) for the first day and every day up to `last` on which the account moved."""
    running = balance_on(account, first - datetime.timedelta(days=1))
    days = [(first, running)] if first <= last else []
    for day, debits, credits in _days(account.pk, first, last):
        running += credits - debits if account.side == Account.Side.CREDIT else debits - credits
        if days and days[-1][0] == day:
            days.pop()
        days.append((day, running))
    return days


def floors(account_id: int, *, limit: int = PAGE_LIMIT) -> list[Floor]:
    """The floors an account has had, oldest first, at most `limit` of the newest."""
    newest = list(Floor.objects.filter(account_id=account_id).order_by("-pk")[: min(limit, PAGE_LIMIT)])
    return newest[::-1]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account's statement. `amount_fen` is signed on the account's own side; `balance_fen` is the balance after it."""

    transfer: Transfer
    other_id: int
    amount_fen: int
    balance_fen: int

    @property
    def spent_fen(self) -> int:
        """What it took, fen; 0 for what came in."""
        return max(-self.amount_fen, 0)


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Lines in order of business date and number, newest first; `next` is the `before` of the following page, None on the last one."""

    lines: list[Line]
    next: tuple[datetime.date, int] | None


_PAGE = """
SELECT id, dated_on FROM (
    (SELECT id, dated_on FROM accounts_transfer
     WHERE debit_id = %(account)s AND kind IN ('posted', 'post') AND (dated_on, id) < (%(on)s, %(id)s) AND dated_on >= %(first)s
     ORDER BY dated_on DESC, id DESC LIMIT %(size)s)
    UNION ALL
    (SELECT id, dated_on FROM accounts_transfer
     WHERE credit_id = %(account)s AND kind IN ('posted', 'post') AND (dated_on, id) < (%(on)s, %(id)s) AND dated_on >= %(first)s
     ORDER BY dated_on DESC, id DESC LIMIT %(size)s)
) both_sides ORDER BY dated_on DESC, id DESC LIMIT %(size)s
"""


def statement(
    account: Account,
    *,
    before: tuple[datetime.date, int] | None = None,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
    size: int = 50,
) -> StatementPage:
    """A page of the account's posted transfers with the balance after each. `first`, `last`: only these business days.

    Keyset paging by (business date, number); `size` at most 500. The balance is exact for late entries too.
    """
    size = min(size, PAGE_LIMIT)
    on, number = before or (last + datetime.timedelta(days=1) if last else datetime.date.max, 0)
    values: dict[str, Any] = {"account": account.pk, "on": on, "id": number, "first": first or datetime.date.min, "size": size + 1}
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, values)
        found = cursor.fetchall()
    shown = found[:size]
    transfers = Transfer.objects.in_bulk([number for number, _ in shown])
    if not shown:
        return StatementPage([], None)
    running = _balance_at(account, shown[0][1], shown[0][0])
    lines = []
    for number, _on in shown:
        transfer = transfers[number]
        amount = signed(account, transfer)
        other = transfer.credit_id if transfer.debit_id == account.pk else transfer.debit_id
        lines.append(Line(transfer, other, amount, running))
        running -= amount
    return StatementPage(lines, (shown[-1][1], shown[-1][0]) if len(found) > size else None)


def signed(account: Account, transfer: Transfer) -> int:
    """What a posted transfer did to the balance of one of its accounts, fen, on the account's own side."""
    on_own_side = (transfer.credit_id == account.pk) == (account.side == Account.Side.CREDIT)
    return transfer.amount_fen if on_own_side else -transfer.amount_fen


def pendings(account_ids: Sequence[int], *, limit: int = PAGE_LIMIT) -> list[Transfer]:
    """Pending transfers of these accounts that have not ended, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id FROM accounts_transfer p WHERE p.kind = 'pending' AND (p.debit_id = ANY (%(ids)s) OR p.credit_id = ANY (%(ids)s))"
            " AND NOT EXISTS (SELECT FROM accounts_transfer e WHERE e.pending_id = p.id) ORDER BY p.id LIMIT %(limit)s",
            {"ids": list(account_ids), "limit": min(limit, PAGE_LIMIT)},
        )
        numbers = [number for (number,) in cursor.fetchall()]
    found = Transfer.objects.in_bulk(numbers)
    return [found[number] for number in numbers]


def totals_by_purpose(account_id: int) -> dict[str, tuple[int, int]]:
    """Posted (debits, credits) of an account by what they were for, fen."""
    totals: dict[str, list[int]] = {}
    for side, column in ((0, "debit_id"), (1, "credit_id")):
        rows = Transfer.objects.filter(**{column: account_id}, kind__in=MOVED).values_list("purpose").annotate(total=Sum("amount_fen"))
        for purpose, total in rows:
            totals.setdefault(purpose, [0, 0])[side] = int(total)
    return {purpose: (debits, credits) for purpose, (debits, credits) in totals.items()}


def chain_of(number: int) -> list[Transfer]:
    """The transfers made together with this one, itself included, in their order."""
    chain = Transfer.objects.filter(pk=number).values("chain_id")
    return list(Transfer.objects.filter(chain_id__in=chain, pk__gte=number - MOST_IN_CHAIN, pk__lte=number + MOST_IN_CHAIN).order_by("pk"))


def transfer_of_key(key: str) -> Transfer | None:
    """The transfer a client's key was used for."""
    return Transfer.objects.filter(key=key).first()


def _totals_on(account_id: int, on: datetime.date) -> tuple[int, int]:
    """Posted (debits, credits) of an account at the end of a day."""
    near = DayTotal.objects.filter(account_id=account_id, on__lte=on).order_by("-on").values_list("on", "debits", "credits").first()
    since, debits, credits = near or (datetime.date.min, 0, 0)
    more_debits, more_credits = _sums(account_id, since + datetime.timedelta(days=1), on, None) if since < on else (0, 0)
    return debits + more_debits, credits + more_credits


def _sums(account_id: int, first: datetime.date, last: datetime.date, number: int | None) -> tuple[int, int]:
    """Posted (debits, credits) dated from `first` to `last`; with `number`, only up to that transfer."""
    rows = Transfer.objects.filter(kind__in=MOVED, dated_on__gte=first, dated_on__lte=last)
    rows = rows if number is None else rows.filter(pk__lte=number)
    total = Coalesce(Sum("amount_fen"), 0)
    debits = rows.filter(debit_id=account_id).aggregate(total=total)["total"]
    credits = rows.filter(credit_id=account_id).aggregate(total=total)["total"]
    return int(debits), int(credits)


def _balance_at(account: Account, on: datetime.date, number: int) -> int:
    """The balance just after one transfer in statement order."""
    debits, credits = _totals_on(account.pk, on - datetime.timedelta(days=1))
    more_debits, more_credits = _sums(account.pk, on, on, number)
    net = credits + more_credits - debits - more_debits
    return net if account.side == Account.Side.CREDIT else -net


def _days(account_id: int, first: datetime.date, last: datetime.date) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dated_on, sum(debit), sum(credit) FROM ("
            " SELECT dated_on, amount_fen AS debit, 0 AS credit FROM accounts_transfer WHERE debit_id = %(account)s"
            "  AND kind IN ('posted', 'post') AND dated_on BETWEEN %(first)s AND %(last)s"
            " UNION ALL SELECT dated_on, 0, amount_fen FROM accounts_transfer WHERE credit_id = %(account)s"
            "  AND kind IN ('posted', 'post') AND dated_on BETWEEN %(first)s AND %(last)s) moves GROUP BY dated_on ORDER BY dated_on",
            {"account": account_id, "first": first, "last": last},
        )
        return [(day, int(debits), int(credits)) for day, debits, credits in cursor.fetchall()]

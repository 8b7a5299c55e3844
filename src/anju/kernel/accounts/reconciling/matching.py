"""Find what is the same money: first by the serial number a transfer names, then by day and amount where that leaves no choice."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.accounts import queries
from anju.kernel.accounts.books import Account
from anju.kernel.accounts.money import yuan
from anju.kernel.accounts.reconciling.models import BankLine, Difference, Match, MatchedLine, MatchedTransfer
from anju.kernel.accounts.transfers import Transfer
from anju.kernel.errors import AnjuError

SERIAL_MARK = "流水号"
DAYS_APART = 3
MOST_OPEN = 20_000


def sums_differ(bank: int, book: int) -> AnjuError:
    """The refusal of a match whose two sides differ, to be raised."""
    what = f"银行流水合计{yuan(bank)}，账上流水合计{yuan(book)}，相差{yuan(bank - book)}。"
    return AnjuError.of("accounts.match_differs", what, advice="请重新选择；差额不能抹平，应查明后另记流水。")


def match(account: Account, *, by: Actor) -> int:
    """Match what can be matched without a person; returns how many lines met their transfer.

    By serial number: a transfer's memo carries `流水号` and the number. By amount: a line and a transfer of the same amount at most
    DAYS_APART days apart, when each is the only one for the other.
    """
    lines, transfers = open_lines(account), open_transfers(account)
    by_serial = {serial: one for one in transfers if (serial := serial_in(one.memo))}
    matched, used = 0, set[int]()
    for line in lines:
        one = by_serial.get(line.serial_no)
        if one is not None and one.pk not in used and queries.signed(account, one) == line.amount_fen:
            join(account, [line], [one], how=Match.How.SERIAL)
            used |= {one.pk}
            matched += 1
    done = set(MatchedLine.objects.filter(line__in=lines).values_list("line_id", flat=True))
    left = [line for line in lines if line.pk not in done]
    for line, one in only_pairs(account, left, [one for one in transfers if one.pk not in used]):
        join(account, [line], [one], how=Match.How.AMOUNT)
        matched += 1
    return matched


def only_pairs(account: Account, lines: Sequence[BankLine], transfers: Sequence[Transfer]) -> list[tuple[BankLine, Transfer]]:
    """Lines and transfers of one amount near in time, where neither has another candidate."""
    by_amount: dict[int, list[Transfer]] = defaultdict(list)
    for one in transfers:
        by_amount[queries.signed(account, one)].append(one)
    candidates: dict[int, list[Transfer]] = {}
    wanted: dict[int, int] = defaultdict(int)
    for line in lines:
        near = [one for one in by_amount.get(line.amount_fen, ()) if abs((one.dated_on - line.on).days) <= DAYS_APART]
        candidates[line.pk] = near
        for one in near:
            wanted[one.pk] += 1
    return [(line, candidates[line.pk][0]) for line in lines if len(candidates[line.pk]) == 1 and wanted[candidates[line.pk][0].pk] == 1]


def join(account: Account, lines: Sequence[BankLine], transfers: Sequence[Transfer], *, how: str, note: str = "") -> Match:
    """Record that they are the same money and settle the differences that named them. The database checks the sums at the end."""
    place = {"region_code": account.region_code, "bureau_id": account.bureau_id}
    made = Match.objects.create(account=account, how=how, note=note[:200], **place)
    MatchedLine.objects.bulk_create([MatchedLine(match=made, line=line, **place) for line in lines])
    MatchedTransfer.objects.bulk_create(
        [MatchedTransfer(match=made, transfer_id=one.pk, account_id=account.pk, **place) for one in transfers]
    )
    (
        Difference.objects.filter(account=account)
        .exclude(state=Difference.State.SETTLED)
        .filter(Q(line__in=list(lines)) | Q(transfer_id__in=[one.pk for one in transfers]))
        .update(state=Difference.State.SETTLED, settled_at=timezone.now())
    )
    return made


def note_differences(account: Account, on: datetime.date) -> int:
    """List what of this day or before has no counterpart as differences; returns how many there are at the end of the day."""
    lines = [line for line in open_lines(account) if line.on <= on]
    transfers = [one for one in open_transfers(account) if one.dated_on <= on]
    there = Difference.objects.filter(account=account).exclude(state=Difference.State.SETTLED)
    known_lines = set(there.filter(line__isnull=False).values_list("line_id", flat=True))
    known_transfers = set(there.filter(transfer_id__isnull=False).values_list("transfer_id", flat=True))
    place = {"account": account, "region_code": account.region_code, "bureau_id": account.bureau_id}
    found = [
        Difference(kind=Difference.Kind.BANK_ONLY, on=line.on, amount_fen=line.amount_fen, line=line, **place)
        for line in lines
        if line.pk not in known_lines
    ]
    found += [
        Difference(kind=Difference.Kind.BOOK_ONLY, on=one.dated_on, amount_fen=queries.signed(account, one), transfer_id=one.pk, **place)
        for one in transfers
        if one.pk not in known_transfers
    ]
    Difference.objects.bulk_create(found, batch_size=1_000)
    return len(lines) + len(transfers)


def note_balance(account: Account, on: datetime.date, amount_fen: int) -> None:
    """A difference of the balances that no line explains, noted or settled. `amount_fen`: bank less book; 0: nothing of the kind."""
    there = Difference.objects.filter(account=account, kind=Difference.Kind.BALANCE, on=on).exclude(state=Difference.State.SETTLED).first()
    if amount_fen == 0:
        if there is not None:
            there.state, there.settled_at = Difference.State.SETTLED, timezone.now()
            there.save(update_fields=["state", "settled_at"])
        return
    if there is None:
        Difference.objects.create(
            account=account,
            kind=Difference.Kind.BALANCE,
            on=on,
            amount_fen=amount_fen,
            region_code=account.region_code,
            bureau_id=account.bureau_id,
        )
    elif there.amount_fen != amount_fen:
        there.amount_fen = amount_fen
        there.save(update_fields=["amount_fen"])


def serial_in(memo: str) -> str:
    """The bank's serial number that a transfer's memo names after SERIAL_MARK; empty when it names none."""
    _, mark, rest = memo.partition(SERIAL_MARK)
    return rest.strip().split(" ")[0] if mark else ""


def open_lines(account: Account) -> list[BankLine]:
    """Bank lines without a counterpart, by day."""
    return list(BankLine.objects.filter(account=account, matched=None).order_by("on", "pk")[:MOST_OPEN])


def open_transfers(account: Account) -> list[Transfer]:
    """Posted transfers of a bank account without a counterpart, from the first statement's first day on, by day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.id FROM (SELECT id, dated_on FROM accounts_transfer WHERE debit_id = %(account)s AND kind IN ('posted', 'post')"
            " UNION ALL SELECT id, dated_on FROM accounts_transfer WHERE credit_id = %(account)s AND kind IN ('posted', 'post')) t"
            " WHERE t.dated_on >= (SELECT min(first_on) FROM accounts_bankstatement WHERE account_id = %(account)s)"
            " AND NOT EXISTS (SELECT FROM accounts_matchedtransfer m WHERE m.account_id = %(account)s AND m.transfer_id = t.id)"
            " ORDER BY t.dated_on, t.id LIMIT %(most)s",
            {"account": account.pk, "most": MOST_OPEN},
        )
        numbers = [number for (number,) in cursor.fetchall()]
    found = Transfer.objects.in_bulk(numbers)
    return [found[number] for number in numbers]

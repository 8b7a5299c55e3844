"""The verbs of reconciliation: take a statement in, match, explain, and judge a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import kinds, queries
from anju.kernel.accounts.books import Account
from anju.kernel.accounts.reconciling import matching
from anju.kernel.accounts.reconciling.lines import Statement, StatementLine, require_sound
from anju.kernel.accounts.reconciling.models import BankLine, BankStatement, Difference, Match, MatchedLine, MatchedTransfer, Reconciliation
from anju.kernel.accounts.refusals import told_clearly
from anju.kernel.accounts.transfers import Transfer
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a statement: its number, new lines, lines known before, and lines that met a transfer at once."""

    statement: int
    added: int
    known: int
    matched: int


def take_in_statement(account: Account, statement: Statement, *, by: Actor) -> TakenIn:
    """Keep a bank statement of a bank account, match its lines, and judge every day it covers. The same statement again changes nothing.

    Lines that an overlapping statement brought before are recognised by day and serial number. Needs `accounts.reconcile`. Raises
    AnjuError `accounts.statement_*` naming every line that is wrong, `accounts.statement_gap` when the opening balance is not the
    balance the bank told before, `accounts.bank_line_changed` when a known line comes with another amount.
    """
    by.require("accounts.reconcile")
    if not kinds.kind(account.kind).at_bank:
        raise AnjuError.of("accounts.not_at_bank", "这不是银行账户，没有对账单。", where=account.name, advice="请选择监管账户本身。")
    require_sound(statement)
    digest = statement.digest
    subject = f"accounts_account:{account.pk}"
    with told_clearly(), action("accounts.take_in_statement", by=by, subject=subject, key=f"statement:{account.pk}:{digest}") as entry:
        if entry.repeated:
            return TakenIn(entry.data["statement"], 0, len(statement.lines), 0)
        Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account.pk)
        new = _new_lines(account, statement)
        kept = _keep(account, statement, new, digest)
        matched = matching.match(account, by=by)
        for day in _days(statement):
            judge_day(account, day, by=by)
        entry.data = {"statement": kept.pk, "source": statement.source, "added": len(new), "matched": matched}
    return TakenIn(kept.pk, len(new), len(statement.lines) - len(new), matched)


def match_by_hand(account: Account, *, lines: Iterable[int], transfers: Iterable[int], note: str, by: Actor) -> Match:
    """Say that these bank lines and these transfers are the same money. Their sums must be equal. Needs `accounts.reconcile`.

    Raises AnjuError `accounts.match_differs`, `accounts.matched_already`, `accounts.unknown_line`.
    """
    by.require("accounts.reconcile")
    with using_scope(by.scope):
        found_lines, touching = _chosen(account, sorted(set(lines)), sorted(set(transfers)))
    bank, book = sum(line.amount_fen for line in found_lines), sum(queries.signed(account, one) for one in touching)
    if bank != book:
        raise matching.sums_differ(bank, book)
    with told_clearly(), action("accounts.match", by=by, subject=f"accounts_account:{account.pk}", reason=note) as entry:
        made = matching.join(account, found_lines, touching, how=Match.How.PERSON, note=note)
        entry.data = {"match": made.pk, "lines": [line.pk for line in found_lines], "transfers": [one.pk for one in touching]}
        for day in sorted({line.on for line in found_lines} | {one.dated_on for one in touching}):
            judge_day(account, day, by=by)
    return made


def _chosen(account: Account, line_ids: list[int], transfer_ids: list[int]) -> tuple[list[BankLine], list[Transfer]]:
    found_lines = list(BankLine.objects.filter(account=account, pk__in=line_ids).order_by("pk"))
    found = list(Transfer.objects.filter(pk__in=transfer_ids, kind__in=queries.MOVED).order_by("pk"))
    touching = [one for one in found if account.pk in (one.debit_id, one.credit_id)]
    if len(found_lines) < len(line_ids) or len(touching) < len(transfer_ids) or not line_ids + transfer_ids:
        raise AnjuError.of("accounts.unknown_line", "有流水不属于这个账户。", where=account.name, advice="请刷新后重新选择。")
    if MatchedLine.objects.filter(line__in=line_ids).exists() or (
        MatchedTransfer.objects.filter(account_id=account.pk, transfer_id__in=transfer_ids).exists()
    ):
        raise AnjuError.of("accounts.matched_already", "有流水已经勾对。", where=account.name, advice="请刷新后重新选择。")
    return found_lines, touching


def explain(difference: Difference, note: str, *, by: Actor) -> None:
    """Write down why something differs. It stays a difference until its counterpart has come. Needs `accounts.reconcile`."""
    by.require("accounts.reconcile")
    if not note.strip():
        raise AnjuError.of("accounts.no_reason", "没有写说明。", where="说明", advice="请写明差异的原因和预计核销日期。")
    with action("accounts.explain_difference", by=by, subject=f"accounts_difference:{difference.pk}", reason=note):
        changed = (
            by.scope.narrow(Difference.objects.filter(pk=difference.pk))
            .exclude(state=Difference.State.SETTLED)
            .update(state=Difference.State.EXPLAINED, note=note[:200])
        )
        if not changed:
            raise AnjuError.of("accounts.settled_already", "这项差异已经核销。", advice="请刷新。")


def judge_day(account: Account, on: datetime.date, *, by: Actor) -> Reconciliation:
    """Compare both balances at the end of a day and list what has no counterpart. Doing it again brings the judgement up to date."""
    bank = bank_balance_on(account, on)
    book = queries.balance_on(account, on)
    with action("accounts.judge_day", by=by, subject=f"accounts_account:{account.pk}", bureau_id=account.bureau_id) as entry:
        unmatched = matching.note_differences(account, on)
        if bank is None:
            state = Reconciliation.State.MISSING
        else:
            state = Reconciliation.State.EQUAL if bank == book and not unmatched else Reconciliation.State.DIFFERENT
        if bank is not None:
            matching.note_balance(account, on, bank - book if not unmatched else 0)
        judged, _ = Reconciliation.objects.update_or_create(
            account=account,
            on=on,
            defaults={
                "book_fen": book,
                "bank_fen": bank,
                "unmatched": unmatched if bank is not None else 0,
                "state": state,
                "region_code": account.region_code,
                "bureau_id": account.bureau_id,
            },
        )
        entry.data = {"on": on.isoformat(), "state": str(state), "book_fen": book, "bank_fen": bank}
    return judged


def bank_balance_on(account: Account, on: datetime.date) -> int | None:
    """What the bank says the balance was at the end of a day; None when no statement covers it."""
    covering = BankStatement.objects.filter(account=account, first_on__lte=on, last_on__gte=on).order_by("-pk").first()
    if covering is None:
        return None
    last = BankLine.objects.filter(account=account, on__lte=on, on__gte=covering.first_on).order_by("-on", "-pk").first()
    return last.balance_fen if last is not None else covering.opening_fen


def _new_lines(account: Account, statement: Statement) -> list[StatementLine]:
    known = {
        (line.on, line.serial_no): line
        for line in BankLine.objects.filter(account=account, on__gte=statement.first_on, on__lte=statement.last_on)
    }
    new = []
    for line in statement.lines:
        there = known.pop((line.on, line.serial_no), None)
        if there is None:
            new.append(line)
        elif (there.amount_fen, there.balance_fen) != (line.amount_fen, line.balance_fen):
            raise AnjuError.of(
                "accounts.bank_line_changed",
                f"流水号“{line.serial_no}”以前导入时金额或余额不同。",
                where=line.where or account.name,
                advice="请向银行查明哪一份对账单是真的，不能以新代旧。",
            )
    if known:
        one = next(iter(known.values()))
        raise AnjuError.of(
            "accounts.bank_line_missing",
            f"以前导入过的流水号“{one.serial_no}”（{one.on}）不在这份对账单里。",
            where=account.name,
            advice="请向银行查明，重新取得完整的对账单。",
        )
    before = BankLine.objects.filter(account=account, on__lt=statement.first_on).order_by("-on", "-pk").first()
    if before is not None and before.balance_fen != statement.opening_fen:
        raise AnjuError.of(
            "accounts.statement_gap",
            "期初余额与以前对账单的期末余额接不上。",
            where=account.name,
            advice="请先导入中间缺的对账单。",
        )
    return new


def _keep(account: Account, statement: Statement, new: list[StatementLine], digest: str) -> BankStatement:
    place = {"region_code": account.region_code, "bureau_id": account.bureau_id}
    kept = BankStatement.objects.create(
        account=account,
        first_on=statement.first_on,
        last_on=statement.last_on,
        opening_fen=statement.opening_fen,
        closing_fen=statement.closing_fen,
        lines=len(statement.lines),
        new_fen=sum(line.amount_fen for line in new),
        source=statement.source[:255],
        digest=digest,
        **place,
    )
    BankLine.objects.bulk_create(
        [
            BankLine(
                statement=kept,
                account=account,
                serial_no=line.serial_no,
                on=line.on,
                amount_fen=line.amount_fen,
                balance_fen=line.balance_fen,
                counterparty=line.counterparty[:120],
                counterparty_tail=line.counterparty_tail[-4:],
                memo=line.memo[:200],
                **place,
            )
            for line in new
        ],
        batch_size=2_000,
    )
    return kept


def _days(statement: Statement) -> list[datetime.date]:
    span = (statement.last_on - statement.first_on).days
    if span > 400:
        raise AnjuError.of("accounts.statement_too_long", "对账单超过400天。", advice="请按较短的期间分次导入。")
    return [statement.first_on + datetime.timedelta(days=number) for number in range(span + 1)]


def unmatched_sum(account: Account) -> int:
    """Σ of bank lines that have met no transfer, fen."""
    return int(BankLine.objects.filter(account=account, matched=None).aggregate(total=Sum("amount_fen"))["total"] or 0)

"""The verbs of the accounts: open and close, transfer, reserve and settle, reverse, require, freeze, close a period."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import kinds
from anju.kernel.accounts.books import Account, Balance, Book, ClosedPeriod, Floor
from anju.kernel.accounts.posting import Ending, Move, Posted, lock, post
from anju.kernel.accounts.refusals import told_clearly
from anju.kernel.accounts.transfers import Transfer
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.actions import action


def open_book(code: str, name: str, *, by: Actor, control: bool = False) -> Book:
    """The actor's bureau's book of this code, opened when it is not there. `control`: it holds allowances, not money.

    Opened on behalf of a slice's action, which has checked the permission.
    """
    bureau_id, region_code = _home(by)
    with using_scope(by.scope):
        there = Book.objects.filter(bureau_id=bureau_id, code=code).first()
    if there is not None:
        return there
    with action("accounts.open_book", by=by, data={"code": code}) as entry:
        book, made = Book.objects.get_or_create(
            bureau_id=bureau_id, code=code, defaults={"name": name, "control": control, "region_code": region_code}
        )
        entry.subject = f"accounts_book:{book.pk}"
        entry.data["opened"] = made
    return book


def open_account(book: Book, *, code: str, name: str, kind: str, by: Actor, subject: str = "") -> Account:
    """Open an account of a declared kind (`kinds.declare`). `code` is unique in the book; the same again gives the account there.

    `subject`: `table:number` of the record it belongs to. Raises AnjuError `accounts.unknown_kind`, `accounts.code_taken`.
    """
    of_kind = kinds.kind(kind)
    with using_scope(by.scope):
        there = Account.objects.filter(book=book, code=code).first()
    if there is not None:
        if there.kind != kind or there.subject != subject:
            raise AnjuError.of("accounts.code_taken", f"账号“{code}”已被“{there.name}”使用。", where="账号", advice="请换一个账号。")
        return there
    with told_clearly(), action("accounts.open_account", by=by, region_code=book.region_code, bureau_id=book.bureau_id) as entry:
        account = Account.objects.create(
            book=book,
            code=code,
            name=name,
            kind=kind,
            side=of_kind.side,
            never_negative=of_kind.never_negative,
            subject=subject,
            region_code=book.region_code,
            bureau_id=book.bureau_id,
        )
        entry.subject, entry.data = f"accounts_account:{account.pk}", {"code": code, "kind": kind}
    return account


def close_account(account: Account, *, by: Actor, reason: str) -> None:
    """Close an empty account for good. Raises AnjuError `accounts.not_empty`."""
    by.require("accounts.manage")
    _require_reason(reason)
    with told_clearly({account.pk: account.name}), _acting("close_account", account, by, reason=reason):
        account.closed_at = timezone.now()
        account.save(update_fields=["closed_at"])


def transfer(moves: Move | Sequence[Move], *, by: Actor) -> Posted:
    """Make one transfer, or several linked ones, all or none. A key used before with the same content is answered, not done again.

    Needs `accounts.move`. Raises AnjuError as `posting.post`.
    """
    by.require("accounts.move")
    linked = [moves] if isinstance(moves, Move) else list(moves)
    return _settle("accounts.transfer", linked, by)


def post_pending(pending: int, *, dated_on: datetime.date, key: str, by: Actor, amount_fen: int | None = None, memo: str = "") -> Posted:
    """Post a pending transfer, or `amount_fen` of it and release the rest. The floor is checked a second time. Needs `accounts.move`."""
    by.require("accounts.move")
    return _settle("accounts.post_pending", [Ending(pending, "post", dated_on, key, amount_fen, memo=memo)], by)


def void_pending(pending: int, *, dated_on: datetime.date, key: str, by: Actor, memo: str = "") -> Posted:
    """Give a reserved amount back. Needs `accounts.move`."""
    by.require("accounts.move")
    return _settle("accounts.void_pending", [Ending(pending, "void", dated_on, key, memo=memo)], by)


def reverse(number: int, *, dated_on: datetime.date, key: str, by: Actor, reason: str, authority: str = "") -> Posted:
    """Undo a posted transfer by a further one the other way round (红冲); once. `reason` is required. Needs `accounts.move`."""
    by.require("accounts.move")
    _require_reason(reason)
    with using_scope(by.scope):
        original = by.scope.narrow(Transfer.objects.filter(pk=number)).first()
    if original is None:
        raise AnjuError.of("accounts.unknown_transfer", "没有这笔流水，或不在您的数据范围内。", advice="请核对流水号。")
    move = Move(
        debit=original.credit_id,
        credit=original.debit_id,
        amount_fen=original.amount_fen,
        purpose="accounts.reversal",
        dated_on=dated_on,
        key=key,
        subject=original.subject,
        memo=reason[:200],
        authority=authority,
        reverses=number,
    )
    return _settle("accounts.reverse", [move], by, reason=reason)


def set_floor(
    account: Account,
    floor_fen: int | None,
    *,
    on: datetime.date,
    document: str,
    by: Actor,
    frozen_fen: int | None = None,
    reason: str = "",
) -> Floor:
    """Require that `floor_fen` stays in the account from now on (None: nothing), by a document. `frozen_fen`: as it is by default.

    A balance already below it stays as it is; nothing more is taken until money has come in. A step of a slice's action.
    """
    if not document.strip():
        raise AnjuError.of(
            "accounts.no_document", "没有写依据。", where="依据", advice="留存和冻结的变动须写明文件、节点证明或协助执行通知书。"
        )
    if (floor_fen is not None and floor_fen < 0) or (frozen_fen is not None and frozen_fen < 0):
        raise AnjuError.of("accounts.bad_amount", "留存和冻结金额不能小于零。", where="金额", advice="请核对金额。")
    with told_clearly({account.pk: account.name}), _acting("set_floor", account, by, reason=reason) as entry:
        lock([account.pk])
        frozen = Balance.objects.get(pk=account.pk).frozen_fen if frozen_fen is None else frozen_fen
        floor = Floor.objects.create(
            account=account,
            floor_fen=floor_fen,
            frozen_fen=frozen,
            on=on,
            document=document,
            reason=reason[:200],
            region_code=account.region_code,
            bureau_id=account.bureau_id,
        )
        entry.data = {"floor_fen": floor_fen, "frozen_fen": frozen, "document": document}
    return floor


def freeze(account: Account, frozen_fen: int, *, on: datetime.date, document: str, by: Actor, reason: str = "") -> Floor:
    """Let `frozen_fen` in all be frozen from now on (0: nothing any more); what must stay is left as it is. A step of a slice's action."""
    with told_clearly(), action("accounts.freeze", by=by, subject=f"accounts_account:{account.pk}", reason=reason):
        lock([account.pk])
        floor_fen = Balance.objects.get(pk=account.pk).floor_fen
        return set_floor(account, floor_fen, on=on, document=document, by=by, frozen_fen=frozen_fen, reason=reason)


def close_book_period(book: Book, until: datetime.date, *, by: Actor, reason: str = "") -> None:
    """Close a book's days up to `until`: no transfer can be dated there any more, by anybody. It is never reopened; corrections are
    dated later. Waits for transfers that have not finished. Needs `accounts.close`.
    """
    by.require("accounts.close")
    if until >= timezone.localdate():
        raise AnjuError.of("accounts.future", "只能封已经过去的日期。", where="封至", advice="请改为今天以前的日期。")
    with action("accounts.close_period", by=by, subject=f"accounts_book:{book.pk}", reason=reason, bureau_id=book.bureau_id) as entry:
        with connection.cursor() as cursor:  # the lock that every writer of the book shares
            cursor.execute("SELECT pg_advisory_xact_lock((7264::bigint << 40) + %s)", [book.pk])
        closed = ClosedPeriod.objects.filter(book=book).first()
        if closed is not None and until <= closed.until:
            raise AnjuError.of("accounts.closed_already", f"已封至{closed.until.isoformat()}。", where=book.name, advice="只能往后封。")
        entry.data = {"until": until.isoformat(), "before": closed.until.isoformat() if closed else None}
        closed = closed or ClosedPeriod(book=book, region_code=book.region_code, bureau_id=book.bureau_id)
        closed.until = until
        closed.save()


def _settle(verb: str, moves: Sequence[Move | Ending], by: Actor, *, reason: str = "") -> Posted:
    """An action of its own around `post`; its journal key follows from the first move's, so that a repetition writes no second entry."""
    with told_clearly(), action(verb, by=by, reason=reason, key=f"{verb}:{moves[0].key}"[:120]) as entry:
        made = post(moves)
        if not entry.repeated:
            entry.subject, entry.data = f"accounts_transfer:{made.id}", {"transfers": list(made.ids)}
    return made


def _acting(verb: str, account: Account, by: Actor, *, reason: str = "") -> Any:
    return action(
        f"accounts.{verb}",
        by=by,
        subject=f"accounts_account:{account.pk}",
        reason=reason,
        region_code=account.region_code,
        bureau_id=account.bureau_id,
    )


def _home(by: Actor) -> tuple[int, str]:
    if by.bureau_id is None:
        raise Forbidden.of("accounts.no_bureau", f"{by.name}不属于任何单位，不能开立账簿。", advice="请由单位的经办人办理。")
    return by.bureau_id, by.region_code


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise AnjuError.of("accounts.no_reason", "没有写理由。", where="理由", advice="请写明理由，理由随动作留痕。")

"""Move money as a step of an action: one call, one round trip, all or nothing.

Slices use this inside their own actions; `accounts.actions` has the same as verbs of their own. An action that moves money and sets floors
calls `lock` first with every account it will touch: balances are locked in the order of their numbers, and nobody waits in a circle.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from anju.kernel.accounts import kinds
from anju.kernel.accounts.refusals import told_clearly
from anju.kernel.errors import AnjuError

MOST_AT_ONCE = 10_000
KEY_LENGTH, SUBJECT_LENGTH, MEMO_LENGTH, AUTHORITY_LENGTH = 120, 120, 200, 120


@dataclass(frozen=True, slots=True)
class Move:
    """One transfer to be made. `debit`, `credit`: account ids. `amount_fen` > 0. `key`: the client's idempotency key.

    `pending`: only reserve, until `expires_at` when given. `authority`: the document that lets it pass below the floor or into what is
    frozen (never below zero). `subject`: `table:number` of the record it belongs to. `reverses`: the transfer it undoes.
    """

    debit: int
    credit: int
    amount_fen: int
    purpose: str
    dated_on: date
    key: str
    subject: str = ""
    memo: str = ""
    pending: bool = False
    expires_at: datetime | None = None
    authority: str = ""
    reverses: int | None = None

    def as_json(self) -> dict[str, Any]:
        """What `accounts_post()` takes."""
        return {
            "key": self.key,
            "kind": "pending" if self.pending else "posted",
            "debit": self.debit,
            "credit": self.credit,
            "amount": self.amount_fen,
            "purpose": self.purpose,
            "dated_on": self.dated_on.isoformat(),
            "subject": self.subject,
            "memo": self.memo,
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
            "authority": self.authority,
            "reverses": self.reverses,
        }


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a pending transfer: `post` (`amount_fen` of it, None for all; the rest is released), `void` or `expire`."""

    pending: int
    kind: str
    dated_on: date
    key: str
    amount_fen: int | None = None
    subject: str = ""
    memo: str = ""
    authority: str = ""

    def as_json(self) -> dict[str, Any]:
        """What `accounts_post()` takes."""
        return {
            "key": self.key,
            "kind": self.kind,
            "pending": self.pending,
            "amount": self.amount_fen,
            "dated_on": self.dated_on.isoformat(),
            "subject": self.subject,
            "memo": self.memo,
            "authority": self.authority,
        }


@dataclass(frozen=True, slots=True)
class Posted:
    """The transfers made, in the order of the moves. `repeated`: they had been made before and nothing was done now."""

    ids: tuple[int, ...]
    repeated: bool

    @property
    def id(self) -> int:
        """The first of them."""
        return self.ids[0]


def post(moves: Sequence[Move | Ending], *, names: Mapping[int, str] | None = None) -> Posted:
    """Do all of these or none, within the action that is open. `names`: what to call accounts in a refusal.

    The same keys with the same content again give the first ids and do nothing. Raises AnjuError `accounts.*`: `below_floor`,
    `overdrawn`, `key_reused`, `ended_already`, `expired`, `period_closed`, `account_closed`, `unknown_account`, `future`.
    """
    if not 0 < len(moves) <= MOST_AT_ONCE:
        raise AnjuError.of("accounts.too_many", f"一次最多记{MOST_AT_ONCE}笔流水。", advice="请分批办理。")
    for move in moves:
        _well_formed(move)
    with told_clearly(names), connection.cursor() as cursor:
        cursor.execute("SELECT accounts_post(%s::jsonb)", [json.dumps([move.as_json() for move in moves], ensure_ascii=False)])
        answer = cursor.fetchone()[0]
    made = json.loads(answer) if isinstance(answer, str) else answer
    return Posted(tuple(made["ids"]), made["repeated"])


def lock(accounts: Iterable[int]) -> None:
    """Lock these balances until the transaction ends, in the order of their numbers. Raises AnjuError `accounts.unknown_account`."""
    with told_clearly(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_lock(%s)", [sorted(set(accounts))])


def _well_formed(move: Move | Ending) -> None:
    amount = move.amount_fen
    if amount is not None and not 0 < amount < 2**53:
        raise AnjuError.of("accounts.bad_amount", "金额必须大于零。", where="金额", advice="请核对金额及其单位。")
    if not move.key or len(move.key) > KEY_LENGTH:
        raise AnjuError.of("accounts.bad_key", f"幂等键为空或超过{KEY_LENGTH}字。", where="幂等键", advice="请由发起方给出唯一的键。")
    if len(move.subject) > SUBJECT_LENGTH or len(move.memo) > MEMO_LENGTH or len(move.authority) > AUTHORITY_LENGTH:
        raise AnjuError.of("accounts.too_long", f"摘要不超过{MEMO_LENGTH}字，对象和依据不超过{SUBJECT_LENGTH}字。", advice="请缩短。")
    if isinstance(move, Move):
        if not kinds.known_purpose(move.purpose):
            raise AnjuError.of("accounts.unknown_purpose", f"没有“{move.purpose}”这一用途。", where="用途", advice="请检查用途代码。")
        if move.debit == move.credit:
            raise AnjuError.of("accounts.same_account", "借方和贷方是同一账户。", advice="请核对账户。")

"""Pre-sale escrow (商品房预售资金监管): what must stay in a building's account and what may be drawn.

Sources: 城市房地产管理法 art 45; 建房〔2022〕16号; local node tables and modes are dated parameters. Amounts are fen, ratios exact.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anju.domains.funds.rules.exact import part_of

CAP, RETAINED, BOTH = "cap", "retained", "both"


@dataclass(frozen=True, slots=True)
class Node:
    """A row of the node table: from reaching it on, up to `cap` of the quota may have been paid, `retained` of it must stay."""

    code: str
    title: str
    position: int
    cap: Decimal
    retained_shell: Decimal
    retained_finished: Decimal

    def retained(self, finish: str) -> Decimal:
        """The retained ratio for a building sold as a shell or finished."""
        return self.retained_finished if finish == "finished" else self.retained_shell


def node_table(rows: Sequence[Mapping[str, Any]]) -> tuple[Node, ...]:
    """The parameter table as nodes in order. Raises ValueError unless caps never fall and retained ratios never rise (PF-09)."""
    nodes = tuple(
        sorted(
            (
                Node(
                    row["code"],
                    row["title"],
                    row["position"],
                    row["cap"] / 100,
                    row["retained_shell"] / 100,
                    row["retained_finished"] / 100,
                )
                for row in rows
            ),
            key=lambda node: node.position,
        )
    )
    for before, after in itertools.pairwise(nodes):
        if after.cap < before.cap or after.retained_shell > before.retained_shell or after.retained_finished > before.retained_finished:
            raise ValueError(f"node {after.code} loosens backwards")
    return nodes


def quota(area_centi: int, unit_cost_fen: int, uplift: Decimal, credit_factor: Decimal) -> int:
    """Key supervised quota: supervised area (hundredths of a square metre) x cost of one square metre x (1 + uplift) x credit factor."""
    return part_of(area_centi * unit_cost_fen, (1 + uplift) * credit_factor / 100)


def effective_limit(quota_fen: int, retained: Decimal, guaranteed_fen: int) -> int:
    """What must stay: min(cash limit, node limit), never below 0 (PF-04). cash limit = quota - guarantees; node limit = ratio x quota."""
    return max(min(quota_fen - guaranteed_fen, part_of(quota_fen, retained)), 0)


def allocable(balance_fen: int, limit_fen: int, frozen_pay_fen: int = 0, frozen_refund_fen: int = 0) -> int:
    """What may still be drawn in retained mode: balance above the limit, less what is applied for and not yet paid."""
    return max(max(balance_fen - limit_fen, 0) - frozen_pay_fen - frozen_refund_fen, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """What has moved for a building, fen. `paid`: drawn; `held`: applied for and not yet paid; `frozen`: by a court."""

    received: int = 0
    refunded: int = 0
    paid: int = 0
    held: int = 0
    frozen: int = 0

    @property
    def net_in(self) -> int:
        """Inflows less refunds."""
        return self.received - self.refunded

    @property
    def balance(self) -> int:
        """balance = total_in - paid_out - refunded (PF-03)."""
        return self.received - self.paid - self.refunded


def overflow(net_in: int, quota_fen: int) -> int:
    """General money (一般监管资金): what came in above the quota."""
    return max(net_in - quota_fen, 0)


def quota_paid(now: Standing, quota_fen: int) -> int:
    """Payments out of quota money: general money is used first."""
    return max(now.paid - overflow(now.net_in, quota_fen), 0)


def cap_available(now: Standing, quota_fen: int, cap: Decimal, retention_fen: int = 0) -> int:
    """What may still be drawn under a cumulative cap (M1): quota part plus general part, less what is held and frozen."""
    paid_of_quota = quota_paid(now, quota_fen)
    general = overflow(now.net_in, quota_fen) - (now.paid - paid_of_quota)
    of_quota = min(part_of(quota_fen, cap), min(now.net_in, quota_fen)) - paid_of_quota - retention_fen
    return max(general + of_quota - now.held - now.frozen, 0)


def retained_available(now: Standing, limit_fen: int) -> int:
    """What may still be drawn under a retained balance (M2)."""
    return allocable(now.balance - now.frozen, limit_fen, now.held)


def available(mode: str, now: Standing, *, quota_fen: int, cap: Decimal, limit_fen: int, retention_fen: int = 0) -> int:
    """By mode; `both` is the smaller result."""
    by_cap = cap_available(now, quota_fen, cap, retention_fen)
    by_retained = retained_available(now, limit_fen)
    return {CAP: by_cap, RETAINED: by_retained, BOTH: min(by_cap, by_retained)}[mode]


@dataclass(frozen=True, slots=True)
class Floors:
    """What the database is told to hold: `held` stays in the building's account, `allowance` in its allowance account (None: none)."""

    held: int
    allowance: int | None


def floors(mode: str, *, quota_fen: int, cap: Decimal, limit_fen: int, retention_fen: int) -> Floors:
    """The two limits as floors.

    The allowance account holds quota + overflow - paid. cumulative payments <= cap x quota + overflow - retention is the same as: the
    allowance stays at or above (1 - cap) x quota + retention.
    """
    by_cap = quota_fen - part_of(quota_fen, cap) + retention_fen
    if mode == CAP:
        return Floors(retention_fen, by_cap)
    if mode == RETAINED:
        return Floors(max(limit_fen, retention_fen), None)
    return Floors(max(limit_fen, retention_fen), by_cap)


def guarantee_fault(quota_fen: int, balance_fen: int, guaranteed_fen: int, more_fen: int, *, most: Decimal, cash_least: Decimal) -> str:
    """Why a letter of `more_fen` may not stand in for cash (银保监办发〔2022〕104号), or nothing.

    Only after the account holds the quota; letters at most `most` of the quota; cash left at least `cash_least` of it.
    """
    if balance_fen + guaranteed_fen < quota_fen:
        return "account_below_quota"
    if guaranteed_fen + more_fen > part_of(quota_fen, most):
        return "above_share"
    if balance_fen - more_fen < part_of(quota_fen, cash_least):
        return "too_little_cash"
    return ""


def guarantee_left(guaranteed_fen: int, need_fen: int, *, most: Decimal) -> int:
    """What of the letters still counts when the need has fallen: at most `most` of it, so that cash stays at the rest (PF-11)."""
    return min(guaranteed_fen, part_of(need_fen, most))


def stricter(current: Decimal, factor: Decimal) -> Decimal:
    """A retained ratio under a credit grade's factor, at most 1."""
    return min(current * factor, Decimal(1))


@dataclass(frozen=True, slots=True)
class Paid:
    """One inflow of a contract and what has gone back of it already."""

    number: int
    amount_fen: int
    refunded_fen: int
    loan: bool

    @property
    def left_fen(self) -> int:
        """What may still go back."""
        return self.amount_fen - self.refunded_fen


def refund_parts(amount_fen: int, inflows: Sequence[Paid]) -> list[tuple[int, int]] | None:
    """(inflow, fen) to the original payers: lenders first, then the buyer, each by order of payment; None when it exceeds what came in.

    PF-12; 法释〔2020〕17号 art 21.
    """
    if amount_fen > sum(one.left_fen for one in inflows):
        return None
    parts, left = [], amount_fen
    for one in sorted(inflows, key=lambda paid: (not paid.loan, paid.number)):
        taken = min(one.left_fen, left)
        if taken > 0:
            parts.append((one.number, taken))
            left -= taken
    return parts

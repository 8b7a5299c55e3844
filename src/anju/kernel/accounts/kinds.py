"""What kinds of accounts there are and what a transfer may be for. A slice declares its own when its `apps.ready()` runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from anju.kernel.errors import AnjuError

Side = Literal["debit", "credit"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of account. `code`: `slice.name`. `side`: the side on which its balance grows (`debit` for what we have at a bank,
    `credit` for what we owe to somebody).

    `never_negative`: the database refuses a balance below zero whatever the authority (TigerBeetle's
    `debits_must_not_exceed_credits` on a credit account, `credits_must_not_exceed_debits` on a debit account).
    `at_bank`: a real account at a bank, to be equal with its statement every day.
    """

    code: str
    name: str | Promise
    side: Side
    never_negative: bool = True
    at_bank: bool = False


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a transfer is for. `code`: `slice.name`."""

    code: str
    name: str | Promise


_kinds: dict[str, Kind] = {}
_purposes: dict[str, Purpose] = {}


def declare(*, kinds: Iterable[Kind] = (), purposes: Iterable[Purpose] = ()) -> None:
    """Make kinds and purposes known; the same code again replaces the earlier one."""
    _kinds.update((kind.code, kind) for kind in kinds)
    _purposes.update((purpose.code, purpose) for purpose in purposes)


def kind(code: str) -> Kind:
    """A declared kind. Raises AnjuError `accounts.unknown_kind`."""
    found = _kinds.get(code)
    if found is None:
        raise AnjuError.of("accounts.unknown_kind", f"没有“{code}”这一类账户。", advice="请检查账户类别的代码。")
    return found


def kind_name(code: str) -> str | Promise:
    """The Chinese name of a kind; its code when nobody declared it."""
    return _kinds[code].name if code in _kinds else code


def purpose_name(code: str) -> str | Promise:
    """The Chinese name of a purpose; its code when nobody declared it."""
    return _purposes[code].name if code in _purposes else code


def bank_kinds() -> tuple[str, ...]:
    """Codes of the kinds that are real accounts at a bank."""
    return tuple(sorted(code for code, one in _kinds.items() if one.at_bank))


def known_purpose(code: str) -> bool:
    """True when a slice declared this purpose."""
    return code in _purposes


declare(
    purposes=(
        Purpose("accounts.opening", "期初余额"),
        Purpose("accounts.reversal", "红冲"),
        Purpose("accounts.correction", "更正"),
    )
)

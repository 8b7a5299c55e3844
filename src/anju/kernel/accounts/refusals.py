"""What the database refuses about money, told as a person would; it is the last guard and the only judge of balances."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError

from anju.kernel.accounts.money import yuan
from anju.kernel.errors import AnjuError

_CHECK, _UNIQUE = "23514", "23505"

_PLAIN: dict[str, tuple[str, str]] = {
    "outside_action": ("资金只能在动作之内划转。", "请通过业务动作办理。"),
    "unknown_account": ("没有这个账户，或不在您的数据范围内。", "请核对账户。"),
    "unknown_pending": ("没有这笔在途流水。", "请核对流水号。"),
    "ended_already": ("这笔在途流水已经入账、撤销或到期，不能再次办理。", "请刷新后核对。"),
    "expired": ("这笔在途流水已过有效期，不能再入账。", "请重新申请。"),
    "not_expired": ("这笔在途流水还没有到期。", ""),
    "future": ("记账日期不能晚于今天。", "请改为今天或以前的日期。"),
    "two_books": ("两个账户不在同一账簿，不能互相划转。", "请核对账户。"),
    "account_closed": ("账户已经销户，不能再收付。", "请核对账户。"),
    "not_a_reversal": ("红冲必须与原流水账户相反、金额相同，且原流水已入账。", "请从原流水发起红冲。"),
    "not_empty": ("账户还有余额或在途，不能销户。", "请先把余额全部转出，并了结在途。"),
    "account_changed": ("账户的性质不能更改。", "请另开账户并转账。"),
    "other_bureau": ("账户与账簿不属于同一单位。", "请核对账簿。"),
    "match_differs": ("勾对的银行流水与账上流水金额不等。", "请重新选择，差额不能抹平。"),
    "statement_differs": ("对账单的期初余额加各笔发生额不等于期末余额，或笔数不符。", "请向银行重新取得对账单。"),
    "day_not_over": ("当天还没有结束，不能汇总日终余额。", ""),
    "installation_only": ("这项作业只由系统执行。", ""),
}


@contextmanager
def told_clearly(names: Mapping[int, str] | None = None) -> Iterator[None]:
    """Turn a refusal of the accounts' functions inside the block into an AnjuError `accounts.*`; anything else passes.

    `names`: what to call an account, by id; those not named are looked up.
    """
    try:
        yield
    except DatabaseError as error:
        refusal = refusal_of(error, names or {})
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error: DatabaseError, names: Mapping[int, str] | None = None) -> AnjuError | None:
    """The refusal a database error stands for; None when it is something else."""
    cause: Any = error.__cause__
    state = getattr(cause, "sqlstate", None)
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    if state == _UNIQUE and constraint == "transfer_key_once":
        return _key_reused("")
    if state == _UNIQUE and constraint in ("pending_ends_once", "reversed_once"):
        return AnjuError.of("accounts.ended_already", "这笔流水已经办理过，不能再次办理。", advice="请刷新后核对。")
    if state != _CHECK:
        return None
    code = constraint.removeprefix("accounts_")
    about: dict[str, Any] = json.loads(getattr(cause.diag, "message_detail", None) or "{}") if constraint.startswith("accounts_") else {}
    return _told(code, about, names or {})


def _told(code: str, about: dict[str, Any], names: Mapping[int, str]) -> AnjuError | None:
    where = names.get(about.get("account", 0), "")
    if code == "below_floor":
        return _below_floor(about, where)
    if code == "overdrawn":
        what = f"余额不足：余额{yuan(about['posted'] + about['amount'])}，在途占用{yuan(about['held'])}，本次{yuan(about['amount'])}。"
        return AnjuError.of("accounts.overdrawn", what, where=where, advice="请核对金额，或等款项到账后再办。")
    if code == "key_reused":
        return _key_reused(str(about.get("key", "")))
    if code == "period_closed":
        what = f"该账簿已封账至{about['until']}，不能再记{about['dated_on']}的账。"
        return AnjuError.of("accounts.period_closed", what, advice="请用封账以后的日期；更正以红冲办理。")
    if code == "more_than_pending":
        what = f"入账金额{yuan(about['amount'])}大于在途金额{yuan(about['reserved'])}。"
        return AnjuError.of("accounts.more_than_pending", what, advice="只能入账在途金额以内的部分。")
    if code in _PLAIN:
        what, advice = _PLAIN[code]
        return AnjuError.of(f"accounts.{code}", what, where=where, advice=advice)
    if code in ("debits_must_not_exceed_credits", "credits_must_not_exceed_debits"):
        return AnjuError.of("accounts.overdrawn", "余额不足。", advice="请核对金额。")
    return None


def _below_floor(about: dict[str, Any], where: str) -> AnjuError:
    # The numbers are those after the move: what it took is given back for the reader.
    amount, floor, frozen = about["amount"], about.get("floor") or 0, about["frozen"]
    available = max(about["posted"] - about["held"] + amount - floor - frozen, 0)
    parts = [f"须留存{yuan(floor)}"]
    if frozen:
        parts.append(f"冻结{yuan(frozen)}")
    what = f"超出可用余额：{'，'.join(parts)}，可用{yuan(available)}，本次{yuan(amount)}。"
    return AnjuError.of("accounts.below_floor", what, where=where, advice="请减少金额，或待留存要求下调、款项到账后再办。")


def _key_reused(key: str) -> AnjuError:
    said = f"“{key}”" if key else ""
    return AnjuError.of("accounts.key_reused", f"幂等键{said}已用于另一笔内容不同的流水。", advice="请为新的流水换一个键；重试须内容一致。")

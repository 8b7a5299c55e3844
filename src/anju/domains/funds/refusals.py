"""What the constraints of this slice refuse, told as a person would; they are the last guard behind every check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError

from anju.kernel.accounts.refusals import refusal_of
from anju.kernel.errors import AnjuError

_TOLD: dict[str, tuple[str, str, str]] = {
    "agreement_no_once": ("agreement_exists", "已有同一编号的监管协议。", "请核对协议编号。"),
    "escrow_account_no_once": ("account_no_taken", "这个监管账号已用于另一份协议。", "一个账号只能用于一份协议，请核对。"),
    "one_live_escrow_per_permit": ("permit_has_account", "该预售许可证已有生效的监管账户。", "一证一户；变更账户请办理账户变更。"),
    "escrow_building_once": ("building_exists", "该楼栋已在协议中。", "请核对楼栋。"),
    "funds_node_forward": ("node_backwards", "节点只能向前，不能回退或重复。", "请核对节点。"),
    "node_reached_once": ("node_backwards", "节点只能向前，不能回退或重复。", "请核对节点。"),
    "letter_once": ("letter_exists", "已有同一编号的保函。", "请核对保函编号。"),
    "inflow_serial_once": ("inflow_exists", "这笔银行流水已经入账。", "请核对流水号，不要重复入账。"),
    "payee_contract_once": ("payee_exists", "已有同一合同编号的收款单位。", "请核对合同编号。"),
    "funds_within_contract": ("above_contract", "累计支付超过该收款单位的合同价款。", "请核对金额；增补合同请另行登记。"),
    "application_no_once": ("application_exists", "已有同一申请编号。", "请核对申请编号。"),
    "withdrawal_approved_by_another": ("same_person", "申请经办人不能自己复核。", "请由另一人复核。"),
    "funds_paid_stays": ("paid_stays", "已拨付的支取不能更改。", "更正请以红冲办理。"),
    "refund_once": ("refund_exists", "该合同已按同一依据申请退款。", "请核对。"),
    "funds_refund_within_inflow": ("refund_above_inflow", "退款超过该合同的入账金额。", "请核对金额。"),
    "funds_release_clean": ("release_not_clean", "还有未了结的退款、支取、冻结或不明进账，不能解除监管。", "请先逐项办结。"),
    "released_after_first_registration": ("no_registration", "没有首次登记证明，不能解除监管。", "请填写首次登记证明号。"),
    "freeze_once": ("freeze_exists", "该协助执行通知书已登记。", "请核对文书号。"),
    "fund_area_once": ("area_exists", "已有同名小区。", "请核对小区名称。"),
    "fund_unit_once": ("unit_exists", "已有同一户室的分户账。", "请核对房号。"),
    "no_hand_over_without_first_deposit": ("first_deposit_missing", "首期维修资金未交清，不能交房。", "请先交清首期维修资金。"),
    "first_deposit_within_due": ("above_first_due", "交存金额超过首期应交金额。", "首期一次交清；多交部分请按续交办理。"),
    "one_ballot_per_unit": ("voted_already", "该户已经表决。", "一户一票，请核对房号。"),
    "emergency_has_proof": ("no_proof", "应急使用没有证明文件。", "请附主管部门或专业机构的证明。"),
    "emergency_is_told": ("not_told", "应急使用尚未向业主公布，不能办结。", "请公布使用总额和分摊情况后再办结。"),
    "after_warranty": ("in_warranty", "该部位仍在保修期内，不能使用维修资金。", "请由建设单位履行保修责任。"),
    "funds_shares_add_up": ("shares_differ", "各户分摊之和不等于工程费用。", "请重新分摊。"),
    "funds_repair_paid": ("above_audited", "付款超过审定金额，或尚未验收审价。", "尾款在验收和审价后支付，总额不超过审定金额。"),
    "interest_once_a_year": ("interest_exists", "该小区本年度已经结息。", "不必重复结息。"),
    "special_loan_once": ("loan_exists", "该项目已有专项借款。", "一个项目只列入一个批次。"),
    "voucher_once": ("voucher_exists", "已有同一凭证号。", "请核对凭证号。"),
    "arrival_once": ("arrival_exists", "已有同一到位凭证。", "请核对凭证。"),
    "capital_once": ("capital_exists", "该项目已核定资本金。", "请核对项目。"),
}


@contextmanager
def told_clearly() -> Iterator[None]:
    """Turn a refusal of the database inside the block into an AnjuError `funds.*` or `accounts.*`; anything else passes."""
    try:
        yield
    except DatabaseError as error:
        refusal = refusal_of(error) or _refusal(error)
        if refusal is None:
            raise
        raise refusal from error


def _refusal(error: DatabaseError) -> AnjuError | None:
    cause: Any = error.__cause__
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    told = _TOLD.get(constraint)
    return AnjuError.of(f"funds.{told[0]}", told[1], advice=told[2]) if told else None

"""The kinds of accounts this slice opens and what its transfers are for."""

from __future__ import annotations

from anju.kernel.accounts.kinds import Kind, Purpose, declare

BANK, HELD, POOL, INTEREST = "funds.escrow_bank", "funds.escrow_held", "funds.escrow_pool", "funds.escrow_interest"
ALLOWED, SPENT = "funds.allowance", "funds.allowance_source"
FUND_BANK, FUND_UNIT, FUND_POOL = "funds.maintenance_bank", "funds.maintenance_unit", "funds.maintenance_pool"
LOAN_BANK, LOAN = "funds.loan_bank", "funds.loan"
CAPITAL_BANK, CAPITAL = "funds.capital_bank", "funds.capital"

INFLOW, ATTRIBUTION, WITHDRAWAL, REFUND, INTEREST_IN, MOVE = (
    "funds.inflow", "funds.attribution", "funds.withdrawal", "funds.refund", "funds.interest", "funds.account_change",
)  # fmt: skip
RELEASE, ALLOWANCE, ALLOWANCE_USED = "funds.release", "funds.allowance_given", "funds.allowance_used"
DEPOSIT, REPAIR, REPAIR_PAID, RETURNED = "funds.deposit", "funds.repair", "funds.repair_paid", "funds.deposit_returned"
ARRIVAL, LOAN_PAID = "funds.loan_arrival", "funds.loan_paid"
CAPITAL_IN, CAPITAL_OUT = "funds.capital_in", "funds.capital_out"


def bring() -> None:
    """Make them known."""
    declare(
        kinds=[
            Kind(BANK, "预售资金监管账户", "debit", at_bank=True),
            Kind(HELD, "楼栋监管资金", "credit"),
            Kind(POOL, "不明进账", "credit"),
            Kind(INTEREST, "监管账户利息", "credit"),
            Kind(ALLOWED, "可支取额度", "credit", never_negative=False),
            Kind(SPENT, "额度来源", "debit", never_negative=False),
            Kind(FUND_BANK, "维修资金专户", "debit", at_bank=True),
            Kind(FUND_UNIT, "维修资金分户", "credit"),
            Kind(FUND_POOL, "维修资金待分配", "credit"),
            Kind(LOAN_BANK, "专项借款专户", "debit", at_bank=True),
            Kind(LOAN, "专项借款", "credit"),
            Kind(CAPITAL_BANK, "资本金专户", "debit", at_bank=True),
            Kind(CAPITAL, "项目资本金", "credit"),
        ],
        purposes=[
            Purpose(INFLOW, "购房款入账"),
            Purpose(ATTRIBUTION, "不明进账归集"),
            Purpose(WITHDRAWAL, "支取"),
            Purpose(REFUND, "退房退款"),
            Purpose(INTEREST_IN, "利息"),
            Purpose(MOVE, "监管账户变更"),
            Purpose(RELEASE, "解除监管"),
            Purpose(ALLOWANCE, "核给额度"),
            Purpose(ALLOWANCE_USED, "使用额度"),
            Purpose(DEPOSIT, "维修资金交存"),
            Purpose(REPAIR, "维修分摊"),
            Purpose(REPAIR_PAID, "维修付款"),
            Purpose(RETURNED, "返还业主"),
            Purpose(ARRIVAL, "专项借款到位"),
            Purpose(LOAN_PAID, "专项借款拨付"),
            Purpose(CAPITAL_IN, "资本金缴入"),
            Purpose(CAPITAL_OUT, "资本金支取"),
        ],
    )

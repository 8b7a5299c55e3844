"""The checks before signing (C01 to C13). Pure: everything they judge is handed in.

Source: 房屋网签备案 business rules; 城市房地产管理法 art 38, 45; 山东省商品房销售条例 art 26, 30, 35 where named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from anju.domains.market.models import Contract, Developer, Eligibility, FiledPrice, Permit
from anju.domains.market.offers import Offer, product_fen, tolerance_fen
from anju.domains.property.stages import BLOCKING, MORTGAGES, Limit, Stage
from anju.kernel.codes import identity_document
from anju.kernel.codes.resident_id import birth_date
from anju.kernel.errors import Problem

if TYPE_CHECKING:
    from anju.domains.property.models import Unit

ADULT_YEARS = 18
"""民法典第十七条."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the checks look at. `unit` is the register's row, locked; `unconsented`: mortgages without the
    mortgagee's consent. `number`: the contract's running number."""

    offer: Offer
    unit: Unit
    project_developer_code: str
    today: date
    now: datetime
    developer: Developer | None
    permit: Permit | None
    price: FiledPrice | None
    live_contract: str
    unconsented: tuple[str, ...]
    holder: str
    buyer_keys: frozenset[str]
    purchase_limit: bool
    eligibility: Eligibility | None
    eligibility_used: bool
    number: int
    least_down: Decimal


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: `problem` None when it passed."""

    code: str
    title: str
    problem: Problem | None

    @property
    def passed(self) -> bool:
        return self.problem is None


Check = Callable[[Situation], tuple[str, str] | None]


def run(situation: Situation) -> list[Checked]:
    """Every check with its outcome, in order; none stops another, so that the clerk sees all at once."""
    checked = []
    for code, title, check in _CHECKS:
        found = check(situation)
        checked.append(Checked(code, title, None if found is None else Problem(f"market.{code}", title, *found)))
    return checked


def problems(checked: Sequence[Checked]) -> list[Problem]:
    """What stands against signing."""
    return [one.problem for one in checked if one.problem is not None]


def _c01(s: Situation) -> tuple[str, str] | None:
    developer = s.developer
    if developer is None:
        return "开发企业没有登记。", "请先登记企业和资质。"
    if developer.suspended_on is not None and developer.suspended_on <= s.today:
        return f"{developer.name}自{developer.suspended_on}起暂停网签（{developer.suspend_document}）。", "恢复后再签。"
    if developer.grade_until is not None and developer.grade_until < s.today:
        return f"{developer.name}的资质已于{developer.grade_until}到期。", "请先更新资质证书。"
    if s.project_developer_code and developer.code != s.project_developer_code:
        return f"{developer.name}不是该项目的开发企业。", "请核对项目与企业。"
    return None


def _c02(s: Situation) -> tuple[str, str] | None:
    permit = s.permit
    if permit is None or permit.state != Permit.State.ISSUED:
        return "户室不在有效的预售许可或现售备案内。", "未取得许可不得签约。"
    if permit.valid_until is not None and permit.valid_until < s.today:
        return f"许可{permit.number}已于{permit.valid_until}到期。", "请先办理延期。"
    return None


def _c03(s: Situation) -> tuple[str, str] | None:
    stage, until = s.unit.stage, s.unit.reserved_until
    if stage == Stage.SALEABLE:
        return None
    if stage == Stage.RESERVED:
        if until is not None and until <= s.now:
            return None
        if s.holder in s.buyer_keys:
            return None
        return "户室已被他人认购。", "认购到期或退订后才能签约。"
    return f"户室状态为“{Stage(stage).label}”，不可签约。", "请刷新楼盘表。"


def _c04(s: Situation) -> tuple[str, str] | None:
    return (f"户室已有有效合同{s.live_contract}。", "一户只能有一份有效合同。") if s.live_contract else None


def _c05(s: Situation) -> tuple[str, str] | None:
    found = [str(Limit(one).label) for one in s.unit.limits if one in BLOCKING]
    return (f"户室有{'、'.join(found)}。", "限制解除前不得签约（城市房地产管理法第三十八条）。") if found else None


def _c06(s: Situation) -> tuple[str, str] | None:
    limits = [one for one in s.unit.limits if one in MORTGAGES]
    if s.unconsented:
        return f"{'、'.join(s.unconsented)}，没有抵押权人同意销售的书面文件。", "请先登记抵押权人同意。"
    if limits and not s.offer.mortgage_told:
        return "户室有抵押，没有载明已告知买受人。", "告知买受人后勾选“已告知抵押情况”。"
    return None


def _c07(s: Situation) -> tuple[str, str] | None:
    withheld = s.unit.withheld
    return ("户室属于不可售的类别（自持、物业用房、人防、安置等）。", "请核对许可范围。") if withheld else None


def _c08(s: Situation) -> tuple[str, str] | None:
    if not s.offer.buyers:
        return "没有买受人。", "请至少填写一名买受人。"
    for buyer in s.offer.buyers:
        if not buyer.name.strip():
            return "买受人没有姓名。", "请填写姓名。"
        if buyer.id_type not in identity_document.PAPERS:
            return f"证件类型“{buyer.id_type}”不认识。", "请改选证件类型。"
        number = identity_document.normalise(buyer.id_type, buyer.id_no)
        fault = identity_document.fault(buyer.id_type, number, s.today)
        if fault is not None:
            return f"{buyer.name}的证件号码：{fault.what}", fault.advice
        if buyer.id_type == "resident_id" and _is_minor(birth_date(number), s.today) and not buyer.guardian.strip():
            return f"{buyer.name}未满18周岁，没有监护人。", "请填写监护人（民法典第二十三条）。"
    if len({identity_document.normalise(one.id_type, one.id_no) for one in s.offer.buyers}) != len(s.offer.buyers):
        return "同一人出现了两次。", "请删去一个。"
    return None


def _is_minor(born: date, today: date) -> bool:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < ADULT_YEARS


def _c09(s: Situation) -> tuple[str, str] | None:
    if not s.purchase_limit:
        return None
    if s.eligibility is None:
        return "没有购房资格证明。", "限购地区须先取得购房资格证明。"
    if s.eligibility_used:
        return "该购房资格证明已用于另一份合同。", "一份资格证明只能用一次。"
    if s.eligibility.valid_until < s.today:
        return f"购房资格证明已于{s.eligibility.valid_until}到期。", "请重新申请。"
    if bytes(s.eligibility.resident_id_index).hex() not in s.buyer_keys:
        return "购房资格证明不是买受人的。", "请核对证明编号。"
    return None


def _c11(s: Situation) -> tuple[str, str] | None:
    offer, price = s.offer, s.price
    area = s.unit.area
    if offer.area is not None and offer.area != area:
        return f"合同面积{offer.area}㎡与楼盘表{area}㎡不一致。", "合同面积取自楼盘表。"
    if price is None:
        return "户室没有备案价。", "请先办理价格备案。"
    if offer.total_fen > price.total_fen:
        return f"合同金额{_yuan(offer.total_fen)}元高于备案价{_yuan(price.total_fen)}元。", "成交价不得高于备案价。"
    return _price_adds_up(offer, s.unit)


def _price_adds_up(offer: Offer, unit: Unit) -> tuple[str, str] | None:
    if offer.price_basis == Contract.PriceBasis.PER_UNIT:
        return None
    area = unit.inner_area if offer.price_basis == Contract.PriceBasis.INNER_AREA else unit.area
    if area is None or offer.unit_price_fen is None:
        return "没有单价或没有套内面积。", "按面积计价须填单价；没有套内面积的按建筑面积或按套计价。"
    if abs(product_fen(offer.unit_price_fen, area) - offer.total_fen) > tolerance_fen(area):
        product = product_fen(offer.unit_price_fen, area)
        what = f"单价{_yuan(offer.unit_price_fen)}元/㎡×{area}㎡={_yuan(product)}元，与合同金额{_yuan(offer.total_fen)}元不符。"
        return what, "请核对单价和总价。"
    return None


def _c11_payment(s: Situation) -> tuple[str, str] | None:
    pay, total = s.offer.payment, s.offer.total_fen
    if min(pay.first_fen, pay.loan_fen, total) < 0 or any(amount <= 0 for _due, amount in pay.instalments):
        return "付款金额不能为负。", "请核对付款方案。"
    if pay.first_fen + pay.loan_fen + pay.later_fen != total:
        parts = f"首付{_yuan(pay.first_fen)}＋贷款{_yuan(pay.loan_fen)}＋分期{_yuan(pay.later_fen)}"
        return f"{parts}元，不等于合同金额{_yuan(total)}元。", "请核对付款方案。"
    if pay.loan_fen and pay.first_fen < total * s.least_down:
        return f"首付款低于合同金额的{(s.least_down * 100).normalize():f}%。", "贷款购房的首付款不得低于最低首付比例。"
    return None


def _c12(s: Situation) -> tuple[str, str] | None:
    permit = s.permit
    if permit is None or permit.kind != Permit.Kind.PRESALE:
        return None
    if not permit.escrow_account or not permit.agreement:
        return "没有生效的资金监管协议。", "请先签订三方监管协议。"
    if s.offer.escrow_account and s.offer.escrow_account != permit.escrow_account:
        return "收款账户不是该许可的监管账户。", f"购房款须存入监管账户（尾号{permit.escrow_account[-4:]}）。"
    return None


def _c13(s: Situation) -> tuple[str, str] | None:
    if s.unit.removed_on is not None or s.unit.voided_at is not None:
        return "户室已注销。", "请在合并或分割后的户室上签约。"
    return None


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:,.2f}"


_CHECKS: tuple[tuple[str, str, Check], ...] = (
    ("C01", "开发企业与资质", _c01),
    ("C02", "销售许可", _c02),
    ("C03", "户室可售", _c03),
    ("C04", "没有其他有效合同", _c04),
    ("C05", "没有查封等限制", _c05),
    ("C06", "抵押", _c06),
    ("C07", "不属于不可售类别", _c07),
    ("C08", "当事人身份", _c08),
    ("C09", "购房资格", _c09),
    ("C11", "价格与面积", _c11),
    ("C11", "付款方案", _c11_payment),
    ("C12", "监管账户", _c12),
    ("C13", "整套销售", _c13),
)

"""What the database refuses of permits and contracts, told as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection

from anju.kernel.errors import AnjuError

_WORDS: dict[str, tuple[str, str]] = {
    "developer_once": ("该企业已经登记。", "请在已有企业上变更。"),
    "operator_of_one": ("该人员已是另一家企业的操作员。", "请先终止原授权。"),
    "permit_number_once": ("许可证号已被使用。", "请核对许可证号。"),
    "permit_meets_the_law": (
        "不具备预售条件：土地出让金、土地使用权证、规划许可、施工许可、施工进度和竣工交付日期缺一不可。",
        "依据城市房地产管理法第四十五条、城市房地产开发经营管理条例第二十二条补齐。",
    ),
    "enough_is_invested": ("投入资金占工程建设总投资的比例不足。", "达到规定比例后再申请（城市房地产管理法第四十五条）。"),
    "permit_has_escrow": ("没有生效的资金监管协议和监管账户，不能发证。", "请先签订三方监管协议。"),
    "finished_sale_is_accepted": ("没有竣工验收备案，不能现售备案。", "请先办理竣工验收备案。"),
    "permit_end_has_document": ("终止许可必须写依据和日期。", "请填写文书号。"),
    "permit_moves_one_way": ("许可当前的状态不允许这项操作。", "请刷新后核对。"),
    "issued_permit_stays": ("已发许可的内容不能修改。", "请撤销后重新办理。"),
    "permit_covers_its_project": ("户室不在该许可的项目内，或已注销。", "请核对所选户室。"),
    "unit_in_one_permit": ("户室已在另一份有效许可内。", "一户只属于一份许可。"),
    "one_filed_price": ("户室已有有效的备案价。", "请先终止原备案价。"),
    "filed_price_is_positive": ("备案价须大于零并有文号。", "请核对。"),
    "contract_no_once": ("合同编号已被使用，注销后也不再使用。", "请换一个编号。"),
    "one_live_contract": ("该户室已有有效合同。", "一户只能有一份有效合同；请刷新楼盘表。"),
    "signed_before_filed": ("备案日期早于签约日期。", "请核对两个日期。"),
    "payments_are_the_price": ("首付款、贷款与分期款之和不等于合同金额。", "请核对付款方案。"),
    "share_is_a_part": ("份额应大于零且不超过全部。", "请核对买受人份额。"),
    "shares_make_the_whole": ("买受人份额之和不等于100%。", "按份共有的份额合计应为100%；共同共有的都不填份额。"),
    "instalments_are_the_rest": ("分期款之和不等于分期金额。", "请核对各期金额。"),
    "contract_under_permit": ("户室不在有效许可内。", "请核对许可的有效期和范围。"),
    "contract_area_is_the_registers": ("合同面积与楼盘表不一致。", "合同面积取自楼盘表，不能改写。"),
    "price_within_filed": ("成交价高于备案价，或没有备案价。", "请按不高于备案价的价格签约。"),
    "contract_pays_into_escrow": ("合同的收款账户不是该许可的监管账户。", "购房款必须存入监管账户。"),
    "contract_moves_one_way": ("合同当前的状态不允许这项操作。", "请刷新后核对。"),
    "contract_stays": ("已签合同的买受人、价格、面积和户室不能修改。", "可以变更付款方式等约定，其他的须注销重签。"),
    "cancelled_stays": ("已注销的合同不能再变动。", "请查看原合同。"),
    "eligibility_number_once": ("资格证明编号已被使用。", "请核对编号。"),
    "market_contract_eligibility_id_key": ("该购房资格证明已用于另一份合同。", "一份资格证明只能用一次。"),
    "certificate_no_once": ("已有同一证明编号。", "请核对编号。"),
    "certificate_says_all_of_it": ("证明须写明范围、截止时间、用途、有效期和结果。", "请核对后重新开具。"),
    "others_ask_with_a_document": ("代他人或机关查询须有委托书或协助文书。", "请写明文书号；没有文书的不予查询。"),
    "certificate_void_for_a_reason": ("作废须写明原因。", "请写明原因。"),
    "certificate_stays": ("开具的证明不能修改，作废后不再使用。", "请作废后重新开具。"),
    "house_check_code_once": ("核验码已被使用。", "请换一个核验码。"),
    "one_house_check": ("这套房已有有效的房源核验。", "请使用原核验码，或先终止原核验。"),
    "house_check_days_in_order": ("核验、登记和有效期的日期不合顺序。", "请核对三个日期。"),
    "house_check_names_its_owner": ("房源核验须写权利人和不动产权证号。", "以登记机构的登记信息为准。"),
    "house_check_stays": ("房源核验不能修改，终止后不再使用。", "请重新核验。"),
    "house_is_sold_for_the_first_time": ("这套房还没有完成首次出售和登记，不能作为存量房核验。", "新建商品房请办理商品房网签。"),
    "house_is_free": ("这套房已查封、预查封或有其他限制，不能办理。", "限制解除后再办（城市房地产管理法第三十八条）。"),
    "resale_no_once": ("合同编号已被使用。", "请换一个编号。"),
    "one_live_resale": ("这套房已有有效的存量房合同。", "一套房只能有一份有效合同。"),
    "resale_has_a_live_check": ("没有有效的房源核验，或核验的权利人与出卖人不符。", "请先办理房源核验。"),
    "resale_has_its_check": ("存量房合同须依据房源核验，写明签约日期和买受人证件号。", "请先办理房源核验。"),
    "nobody_buys_from_himself": ("买受人就是出卖人。", "请核对买受人证件号。"),
    "mortgagee_agrees": ("这套房有抵押，没有抵押权人同意的文书。", "请先解除抵押，或写明抵押权人同意的文书号。"),
    "holding_period_is_over": ("这套房还在限售期内，不能转让。", "限售期满后再办。"),
    "resale_signed_before_filed": ("备案日期早于签约日期。", "请核对两个日期。"),
    "resale_cancelled_for_a_reason": ("撤销须写明原因。", "请写明撤销原因。"),
    "resale_registered_by_its_certificate": ("过户须写新的不动产权证号和日期。", "以登记机构的登记信息为准。"),
    "resale_stays": ("存量房合同的户室和核验不能修改。", "请撤销后重新签订。"),
    "only_books_are_voided": ("系统签订的合同不能作废。", "请办理注销或撤销。"),
    "filing_no_once": ("备案编号已被使用。", "请核对备案编号。"),
}


@contextmanager
def told_clearly() -> Iterator[None]:
    """Turn a refusal of the database inside the block into an AnjuError `market.<constraint>`; anything else passes."""
    try:
        yield
    except DatabaseError as error:
        diagnosis: Any = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None) or ""
        if name not in _WORDS:
            raise
        what, advice = _WORDS[name]
        raise AnjuError.of(f"market.{name}", what, advice=advice) from error


def check_now(*constraints: str) -> None:
    """Let deferred constraints speak now and not at the end of the transaction. Names of ours, never input."""
    names = ", ".join(constraints)
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE; SET CONSTRAINTS {names} DEFERRED")

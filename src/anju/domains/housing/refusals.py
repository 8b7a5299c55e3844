"""What the database refuses of housing security, told as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError

from anju.kernel.errors import AnjuError

WORDS: dict[str, tuple[str, str]] = {
    "person_in_one_household": ("有成员已在另一个保障家庭或申请中。", "一人只能在一个家庭中申请或享受保障；请先在原家庭办理迁出。"),
    "one_applicant": ("这个家庭已有申请人。", "请先变更申请人。"),
    "one_live_application": ("这个家庭已有在办的申请。", "请等在办申请办结，或先撤回。"),
    "one_live_agreement": ("这个家庭已有在执行的同类补贴协议。", "请先终止原协议。"),
    "every_adult_authorises": ("还有成年家庭成员没有签署核查授权书。", "请补齐全部成年成员的授权后再受理（令11号第八条）。"),
    "housing_application_no_once": ("已有同一申请编号。", "请核对编号。"),
    "refusal_has_a_reason": ("不予通过必须写明理由。", "请选择理由并写明依据。"),
    "account_of_the_household": ("收款人不是申请人，也不是已授权的家庭成员。", "补贴只能发给申请人或已授权的家庭成员。"),
    "agreement_within_tenancy": ("协议期超出了租期。", "协议起止月应在租赁合同的租期之内。"),
    "housing_agreement_no_once": ("已有同一协议编号。", "请核对编号。"),
    "one_tier_at_a_time": ("同一家庭的保障类别期间重叠。", "请先写明前一类别的终止月份。"),
    "one_benefit_a_month": ("有家庭在同一个月已有补贴或公租房。", "一户一个月只能享受一种保障，请从批次中移出或核对月份。"),
    "month_counted_once": ("本人的补贴月数重复。", "请刷新后重新编制。"),
    "months_within_the_limit": ("本人领取的月数将超过最长期限。", "请移出已满期限的人员。"),
    "month_outside_agreement": ("有月份不在协议期、租期之内，或已停发。", "请核对协议和租期。"),
    "month_of_its_payment": ("月份与发放行的家庭或种类不符。", "请重新编制。"),
    "month_is_taken_or_given_back": ("已发放或在途的月份不能退回。", "请走退回或补发。"),
    "housing_payment_no_once": ("已有同一发放编号。", "请核对编号。"),
    "settled_payment_stays": ("银行已处理的发放行不能修改或删除。", "更正请用补发批次；误录的历史行请作废后重新登记。"),
    "batch_is_no_draft": ("批次已经提交，不能再增减或修改。", "请先退回编制。"),
    "reissue_of_a_failed_row": ("补发的行与原失败行不符。", "补发须与原行同户、同额、同种类，且原行发放失败或已退回。"),
    "housing_payment_reissue_of_id_key": ("原失败行已经补发过。", "请核对补发批次。"),
    "payment_holds_its_months": ("有发放行的月数与占用的月份不符。", "请重新编制该批次。"),
    "batch_total": ("笔数或金额与各行合计不符。", "请刷新后重新提交。"),
    "batch_within_budget": ("批次金额超过该项补贴的剩余预算。", "请追加预算或拆分批次。"),
    "year_end_needs_a_reason": ("当年补贴应在12月25日前发放完毕。", "逾期须由领导说明理由后批准（建保〔2016〕281号）。"),
    "batch_is_answered": ("银行还没有逐笔答复，或金额不符。", "请核对银行回盘文件。"),
    "failed_rows_are_settled": ("还有失败的行没有补发。", "请编制补发批次，或写明不再补发的理由后办结。"),
    "cancelled_batch_is_empty": ("批次中还有发放行。", "请先移出全部行再撤销。"),
    "three_people_for_a_batch": ("编制、复核、批准须由不同的人办理。", "请换一位同事办理这一步。"),
    "illegal_transition": ("当前状态不允许这一步，可能刚刚被别人办理。", "请刷新后再办。"),
    "one_purchase_subsidy_per_person": ("本人已享受或正在申请同一政策的购房补贴。", "购房补贴一人一次。"),
    "one_purchase_subsidy_per_home": ("这套住房已享受或正在申请同一政策的购房补贴。", "购房补贴一套一次。"),
    "housing_purchase_no_once": ("已有同一申请编号。", "请核对编号。"),
    "tranches_add_up": ("各期金额之和不等于补贴总额。", "请核对分期。"),
    "tranches_in_order": ("前一期还没有发放或放弃。", "购房补贴须按期次发放。"),
    "housing_letter_no_once": ("已有同一认定书编号。", "请核对编号。"),
    "unit_in_one_letter": ("有房源已列入另一份有效的认定书。", "一套房源只能列入一份认定书。"),
    "decision_stays": ("审核结论不能修改。", "需要更正的，请重新审核。"),
    "housing_decision_no_once": ("已有同一审核编号。", "请核对编号。"),
    "sanction_once": ("已登记同一文书的处理。", "请核对文书号。"),
    "housing_batch_no_once": ("已有同一批次号。", "请刷新后重试。"),
    "household_no_once": ("已有同一家庭编号。", "请核对编号。"),
    "one_budget_a_year": ("该年度已有预算。", "请修改已有预算。"),
    "bank_result_once": ("这份回盘文件已经收过。", "同一流水号只收一次。"),
    "letting_unit_no_once": ("已有同一房源编号。", "请核对编号。"),
    "letting_unit_once": ("这套房已经登记。", "同一小区、楼栋、房号只登记一次。"),
    "letting_area_is_one": ("建筑面积应大于0、不超过200㎡。", "请核对面积。"),
    "one_place_in_the_line": ("这个家庭已在轮候。", "一户在同一保障方式中只有一个轮候登记。"),
    "waiting_entry_no_once": ("已有同一轮候编号。", "请核对编号。"),
    "waits_after_publicity": ("公示未满，或有未处理、成立的异议，不能轮候登记。", "公示期满无异议或异议不成立后办理（令11号第九条）。"),
    "waits_by_an_approved_application": ("轮候登记的依据不是本家庭审核通过的公租房申请。", "请先办结申请。"),
    "waits_five_years_at_most": ("轮候期超过5年。", "轮候期一般不超过5年（令11号第十条），请核对轮候年限参数。"),
    "waiting_days_in_order": ("轮候期满早于登记日期。", "请核对轮候年限参数。"),
    "place_in_the_line_stays": ("轮候登记的依据和日期不能修改。", "登记有误的，取消后重新登记。"),
    "letting_round_no_once": ("已有同一配租批次编号。", "请核对编号。"),
    "letting_unit_in_one_round": ("有房源已在另一个未结束的配租批次中。", "请先结束那个批次或移出房源。"),
    "letting_unit_once_a_round": ("同一房源在批次中重复。", "请核对房源。"),
    "seed_is_named_beforehand": ("种子来源没有写全。", "用公开事件的写明事件和日期；用双方承诺的不写事件。"),
    "event_after_the_intentions": ("公开事件早于意向登记截止。", "事件应在意向登记截止以后。"),
    "announced_before_intentions_end": ("公布日期晚于意向登记截止。", "请重新确定意向登记截止日期。"),
    "plan_was_announced": ("配租方案已经公布，不能修改。", "确需修改的，取消本批次后重新公布。"),
    "plan_is_whole": ("配租方案不完整。", "须有空置房源；组别最后一组是其他家庭，前面各组写明优先类别。"),
    "intention_in_time": ("不在意向登记期内。", "意向登记自方案公布之日起、截止日期（含）以前办理。"),
    "only_who_waits": ("这个家庭没有在轮候，或轮候已期满。", "请先办理轮候登记。"),
    "one_intention_a_round": ("这个家庭已登记本批次意向。", "请勿重复登记。"),
    "unfit_for_a_reason": ("复核不符合的必须书面说明理由。", "写明不符合的条件（令11号第十二条）。"),
    "list_is_frozen": ("名单已经封存，不能再增减或复核。", "请参加下一批次。"),
    "frozen_before_the_seed": ("现在不能封存名单。", "须在意向登记截止以后、公开事件以前；用双方承诺的，须先登记两个承诺值。"),
    "everybody_is_rechecked": ("还有家庭没有复核，或复核已过有效期。", "请完成复核后再封存名单。"),
    "list_is_the_fit": ("名单与复核符合的家庭不一致。", "请刷新后重新封存。"),
    "digest_of_the_list": ("文件与摘要不符。", "请重新办理这一步。"),
    "drawn_after_the_event": ("还没有到公开事件的日期。", "请在事件结果公布以后摇号。"),
    "result_is_a_permutation": ("结果不是名单的一个完整排列。", "请重新摇号。"),
    "ballot_stays": ("封存的名单和摇号结果不能修改。", "确有错误的，取消本批次并重新组织。"),
    "result_is_published": ("摇号结果还没有公示，或公示未满。", "公示期满后开始选房。"),
    "choosing_is_open": ("本批次不在选房中。", "请先开始选房。"),
    "allocation_of_its_place": ("选房人与摇号结果不符。", "请核对编号。"),
    "order_of_the_ballot": ("前面还有家庭没有选房。", "按摇号顺序选房；放弃或未到场的先登记（HS-12）。"),
    "home_of_the_plan": ("这套房不在本批次可选房源中，或已被选走、楼层不符合本组要求。", "请另选一套。"),
    "home_to_one_household": ("这套房已配给另一个家庭。", "请另选一套。"),
    "one_home_a_household": ("这个家庭已选定或承租一套公租房。", "一户只能承租一套。"),
    "refused_for_a_reason": ("放弃选房必须写明原因。", "请写明原因。"),
    "signed_within_a_time": ("签约期限还没有到。", "请在期满以后办理。"),
    "allocation_stays": ("配租结果不能修改。", "请办理放弃、签约或退租。"),
    "lease_no_once": ("已有同一合同编号。", "请核对编号。"),
    "one_lease_a_household": ("这个家庭已有履行中的租约。", "一户只能承租一套公租房。"),
    "one_lease_a_home": ("这套房已有履行中的租约。", "请先办理退租。"),
    "lease_days_in_order": ("租期届满早于起租日期。", "请核对租期。"),
    "lease_signed_before_it_starts": ("签订日期晚于起租日期。", "请核对日期。"),
    "lease_signed_before_filed": ("备案日期早于签订日期。", "请核对日期。"),
    "lease_five_years_at_most": ("租期超过5年。", "公租房租赁期限一般不超过5年（令11号第十八条）。"),
    "lease_of_its_allocation": ("租约与配租结果不符。", "按选定的房源和家庭签约，起租不早于选房日期。"),
    "tenant_of_the_household": ("承租人不是这个家庭的成员。", "请核对承租人。"),
    "leases_do_not_overlap": ("这套房在租期内已有另一份租约。", "请核对租期，或先办理退租。"),
    "lease_stays": ("租约签订后不能修改。", "变更请办理退租、续租。"),
    "one_bill_a_month": ("这个月已经出账。", "一份租约一个月只出一张账单。"),
    "one_back_payment_a_month": ("这个月已经追缴。", "请核对追缴期间。"),
    "bill_within_the_lease": ("账单月份不在租期内，或计租方式不符。", "搬迁期内按合同租金，期满以后按市场租金。"),
    "rent_stays": ("账单、缴款和巡查记录不能修改。", "更正请另行登记。"),
    "bill_is_paid_once": ("缴款多于账单。", "请刷新后重新办理。"),
    "receipt_adds_up": ("缴款与分配不符。", "请刷新后重新办理。"),
    "rent_receipt_no_once": ("已有同一票据号。", "一张票据只登记一次。"),
    "one_visit_a_day": ("当天已登记巡查。", "一天登记一次。"),
    "one_open_ground": ("这项退出事由已登记。", "请按已登记的事由办理。"),
    "breach_before_discovery": ("发生日期晚于发现日期。", "请核对日期。"),
    "month_of_its_lease": ("月份不在租约内。", "请核对租期。"),
    "one_open_review": ("这份租约已有在办的复审。", "请在原办件中办理。"),
    "one_yearly_review": ("这份租约本年度已复审。", "一份租约一年复审一次。"),
    "review_stays": ("复审的原因和结论不能修改。", "情况有变的，请重新发起复审。"),
    "late_renewal_is_not_granted": ("逾期申请，不能续租。", "续租应在租期届满3个月前申请（令11号第三十条）。"),
    "renewal_in_time": ("是否逾期与日期不符。", "请刷新后重新办理。"),
    "housing_renewal_lease_id_key": ("这份租约已申请续租。", "请等审核结果。"),
    "allocation_no_once": ("已有同一配租编号。", "请刷新后重试。"),
    "one_waiting_request": ("这个人已有一件待收件的网上申报。", "请等窗口收件，或持申报编号和查询码查询。"),
    "the_first_applies": ("第一人须是申请人，其他人不能是申请人。", "请核对与申请人关系。"),
    "allocation_of_its_application": ("申请和家庭不符。", "请核对申请编号和家庭编号。"),
    "allocation_by_its_way": ("配租结果缺少它的依据。", "摇号的有顺序号，台账的有小区和房号，调换的有原住房。"),
    "exchange_of_a_home_given_back": ("调换的原住房还没有退回，或没有写理由。", "请先办结原租约，写明调换理由。"),
    "exchange_for_a_vacant_home": ("要换的房不是空置的，或在未结束的配租批次中。", "请另选一套空置的房源。"),
    "only_books_are_voided": ("系统办理的配租结果不能作废。", "请办理放弃、签约或退租。"),
    "exit_of_its_record": ("退出与租约或协议不符。", "退出由退租、终止补贴产生，请在原记录上办理。"),
    "exit_stays": ("由租约或协议产生的退出不能修改或作废。", "请核对原租约或协议。"),
    "exit_no_once": ("已有同一退出编号。", "请核对编号。"),
    "count_stays": ("系统清点的数不能修改。", "清点有误的，查明租约和房源后在下一次清点更正。"),
    "estate_counted_once": ("这个小区当天已清点。", "一个小区一天清点一次。"),
    "no_more_occupied_than_there_are": ("入住套数多于房源套数。", "核对两个数。"),
    "settled_after_the_end": ("租约还没有退租，不能结算押金。", "请先办结退租。"),
    "deposit_went_on": ("押金已转到续租或调换后的租约。", "请在新租约退租时结算。"),
    "settlement_adds_up": ("抵扣和退还之和不等于押金。", "请核对金额。"),
    "settlement_stays": ("押金结算不能修改。", "请核对原结算。"),
    "housing_depositsettlement_lease_id_key": ("这份租约的押金已结算。", "请核对原结算。"),
    "damage_is_told": ("抵扣损坏须写明损坏情况。", "没有损坏的，金额写0。"),
    "settlement_not_negative": ("金额不能为负。", "请核对金额。"),
    "tranche_of_its_payment": ("发放行与购房补贴的分期不符，或分期尚未复核通过。", "请移出这一行，复核后重新编制。"),
    "returned_after_it_was_paid": ("没有发放的补贴不能退还，退还日期也不能早于发放日期。", "请核对日期。"),
    "purchase_of_its_kind": ("购房补贴的资料不全。", "人才补贴写学位；购房奖励写政策文号、合同编号、购房日期和面积。"),
    "score_orders_by_score": ("按评分排序的轮候须有评分。", "请在复审时填写评分。"),
    "housing_allocation_place_id_key": ("这个顺序号已经选房、放弃或登记未到场。", "请刷新后叫下一位。"),
}


@contextmanager
def told_clearly() -> Iterator[None]:
    """Turn a refusal of the database inside the block into an AnjuError `housing.<constraint>`; anything else passes."""
    try:
        yield
    except DatabaseError as error:
        diagnosis: Any = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None) or ""
        if name not in WORDS:
            raise
        raise told(name, getattr(diagnosis, "message_detail", "") if name.isidentifier() else "") from error


def told(name: str, detail: str | None = "") -> AnjuError:
    """The refusal of this name. The detail of our own triggers says which row; a unique index's would repeat personal data."""
    what, advice = WORDS[name]
    own = detail if detail and not detail.startswith(("Key (", "Failing row")) else ""
    return AnjuError.of(f"housing.{name}", what, where=own or "", advice=advice)

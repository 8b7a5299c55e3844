"""What the verbs, tables and pages of housing security's money are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anju.ui.navigation import Desk, add_desks
from anju.ui.words import add_words


def bring() -> None:
    """Called once when the house is assembled."""
    add_desks(
        [
            Desk("housing", _("保障家庭"), "housing-households", "home", "housing.view"),
            Desk("housing", _("补贴发放"), "housing-batches", "banknotes", "housing.view"),
        ]
    )
    add_words(
        verbs={
            "housing.open_household": _("家庭建档"),
            "housing.join_household": _("成员加入"),
            "housing.leave_household": _("成员离开"),
            "housing.authorise_checks": _("签署核查授权"),
            "housing.record_income": _("登记收入"),
            "housing.record_assets": _("登记资产"),
            "housing.record_homes": _("登记住房"),
            "housing.set_tier": _("认定保障类别"),
            "housing.add_priority": _("登记优先类别"),
            "housing.sanction": _("登记违规处理"),
            "housing.sign_agreement": _("签订补贴协议"),
            "housing.suspend_agreement": _("暂停补贴"),
            "housing.resume_agreement": _("恢复补贴"),
            "housing.end_agreement": _("终止补贴"),
            "housing.run_subsidy": _("补贴测算"),
            "housing.set_budget": _("登记预算"),
            "housing.draft_batch": _("编制批次"),
            "housing.drop_payment": _("移出发放行"),
            "housing.review_batch": _("复核批次"),
            "housing.approve_batch": _("批准批次"),
            "housing.send_back_batch": _("退回编制"),
            "housing.cancel_batch": _("撤销批次"),
            "housing.send_batch": _("导出银行文件"),
            "housing.take_bank_answer": _("收取银行回盘"),
            "housing.supplement_batch": _("编制补发批次"),
            "housing.close_batch": _("批次办结"),
            "housing.apply": _("提出申请"),
            "housing.claim_talent_subsidy": _("申请人才购房补贴"),
            "housing.decide_rent_subsidy": _("租赁补贴资格审核"),
            "housing.decide_new_worker": _("新就业补贴资格审核"),
            "housing.decide_talent_purchase": _("人才购房补贴审核"),
            "housing.decide_recognition": _("保租房认定审核"),
            "housing.list_recognised_homes": _("登记认定房源"),
            "ledgers.move_book": _("台账移入业务表"),
        },
        kinds={
            "housing_household": _("家庭"),
            "housing_agreement": _("补贴协议"),
            "housing_paymentbatch": _("发放批次"),
            "housing_subsidyrun": _("补贴测算"),
            "housing_budget": _("补贴预算"),
            "housing_sanction": _("违规处理"),
        },
        tables={
            "housing_household": _("保障家庭"),
            "housing_member": _("家庭成员"),
            "housing_tierperiod": _("保障类别"),
            "housing_prioritygroup": _("优先类别"),
            "housing_income": _("收入"),
            "housing_asset": _("资产"),
            "housing_holding": _("住房"),
            "housing_application": _("保障申请"),
            "housing_agreement": _("补贴协议"),
            "housing_benefitmonth": _("保障月份"),
            "housing_payment": _("补贴发放"),
            "housing_paymentbatch": _("发放批次"),
            "housing_budget": _("补贴预算"),
            "housing_decision": _("资格审核"),
            "housing_subsidyrun": _("补贴测算"),
            "housing_subsidyrunrow": _("测算结果"),
            "housing_ruleversion": _("规则版本"),
            "housing_bankfile": _("银行发放文件"),
            "housing_bankresult": _("银行回盘文件"),
            "housing_purchasesubsidy": _("购房补贴"),
            "housing_tranche": _("购房补贴分期"),
            "housing_recognitionletter": _("保租房认定书"),
            "housing_sanction": _("违规处理"),
        },
        pages={"housing_household": "housing-household", "housing_paymentbatch": "housing-batch"},
        data={"total": _("金额（分）"), "granted": _("符合户数"), "paid": _("成功笔数"), "failed": _("失败笔数"), "serial": _("流水号")},
    )

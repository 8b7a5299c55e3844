"""The fixed words of matter declarations and what they are called in Chinese."""

from __future__ import annotations

APPLICANTS = {"person": "个人", "household": "家庭", "organisation": "单位", "office": "依职权"}

DECISIONS = {"agree": "同意", "refuse": "不予", "return": "退回", "forward": "转办"}

TOGETHER = ("one", "all", "any", "at_least", "in_order")
"""How many steps of a stage must agree: the only one, all at once, any one, k of n, or one after another."""

ON_RETURN = ("redo_all", "keep_others", "redo_refused")
"""Which standing decisions of a parallel stage survive when a case comes through it again."""

AFTER_RETURN = ("walk", "straight")
"""Where a case goes when what was returned is done again: through every stage in between, or straight back to who returned it."""

SUSPEND_REASONS = {
    "litigation": "涉诉涉执",
    "other_case": "须以另案结果为依据",
    "force_majeure": "不可抗力",
    "party_unable": "当事人暂不能参加",
    "public_interest": "涉及公共利益待研判",
}
"""Why a whole case may be suspended (中止)."""

TERMINATE_REASONS = {
    "party_ended": "申请人死亡或终止",
    "no_object": "申请事项已无必要或标的灭失",
    "false_material": "提供虚假材料",
    "duplicate": "重复申请",
    "promise_breached": "逾期未补齐承诺的容缺材料",
    "supplement_late": "逾期未补正",
}
"""Why a case may be ended without a decision (终止)."""

REOPEN_REASONS = {
    "review": "复核改变原结论",
    "court": "法院判决撤销",
    "reconsideration": "行政复议撤销",
    "mistake": "发现原结论有误",
}
"""Why a finished case may be taken up again."""

OWN_STATES = {
    "received": "已收件",
    "supplementing": "补正中",
    "running": "办理中",
    "suspended": "已中止",
    "completed": "已办结",
    "refused": "不予",
    "not_accepted": "不予受理",
    "withdrawn": "已撤回",
    "terminated": "已终止",
}

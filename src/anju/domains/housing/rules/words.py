"""The codes of housing security and what they are called."""

from __future__ import annotations

TIERS = {1: "特困", 2: "低保", 3: "低收入", 4: "中等偏下收入", 5: "新就业无房职工", 6: "稳定就业外来务工人员"}
"""保障对象类别; the order is that of need."""
TIER_CODES = {"destitute": 1, "minimum_allowance": 2, "low_income": 3, "lower_middle": 4, "new_worker": 5, "migrant_worker": 6}
"""The codes the books write."""
TIER_NAMES = {number: code for code, number in TIER_CODES.items()}
RECOGNISED_TIERS = (1, 2)
"""特困 and 低保 are recognised by civil affairs: income and property are not asked again (令11号第九条 with 民政认定)."""

PRIORITY_GROUPS = {
    "entitled": "享受国家定期抚恤补助的优抚对象",
    "orphaned": "孤老病残人员",
    "aged": "老龄家庭",
    "disabled": "残疾人家庭",
    "lost_only_child": "计划生育特殊家庭",
    "fire_rescue": "消防救援人员",
    "public_service": "公交、环卫等公共服务人员",
}
"""优先保障 (令11号第十五条 and local documents); several may hold."""

DEGREES = {1: "专科", 2: "本科", 3: "硕士", 4: "博士"}
DEGREE_CODES = {"college": 1, "bachelor": 2, "master": 3, "doctor": 4}
DEGREE_NAMES = {number: code for code, number in DEGREE_CODES.items()}

"""Legal reasons for which a clock stands still, with their source. A matter names those it allows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StopReason:
    """`label`: what the decision calls it; `source`: which rule takes its days out of the limit."""

    code: str
    label: str
    source: str


_LICENSING = "行政许可法第45条"
_LOCAL = "办事指南（地方规定）"

STOP_REASONS: dict[str, StopReason] = {
    reason.code: reason
    for reason in (
        StopReason("hearing", "听证", _LICENSING),
        StopReason("tender", "招标", _LICENSING),
        StopReason("auction", "拍卖", _LICENSING),
        StopReason("inspection", "检验", _LICENSING),
        StopReason("test", "检测", _LICENSING),
        StopReason("quarantine", "检疫", _LICENSING),
        StopReason("appraisal", "鉴定", _LICENSING),
        StopReason("expert_review", "专家评审", _LICENSING),
        StopReason("public_service", "公告送达", "住房和城乡建设行政处罚程序规定（令第55号）"),
        StopReason("supplement", "补正材料", _LOCAL),
        StopReason("publicity", "公示", _LOCAL),
        StopReason("opinion", "征求意见", _LOCAL),
        StopReason("site_visit", "现场踏勘", _LOCAL),
        StopReason("third_party_check", "第三方核查", _LOCAL),
        StopReason("rectification", "整改", _LOCAL),
        StopReason("suspension", "中止办理", _LOCAL),
    )
}
"""The reasons that are known; supplement, publicity and the like only where the item's local rule says so (10.2.2, 10.2.3)."""


def reason_label(code: str) -> str:
    """The Chinese name of a reason; one nobody named keeps its code."""
    known = STOP_REASONS.get(code)
    return known.label if known else code

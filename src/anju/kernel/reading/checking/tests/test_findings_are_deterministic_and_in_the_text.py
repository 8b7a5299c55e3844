"""Any text: every place lies in it, the same text gives the same findings, the order of rules changes nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.checking.evaluation.corpus import own_texts
from anju.kernel.reading.checking.finding import SEVERITIES
from anju.kernel.reading.checking.registry import NAMES, RULES
from anju.kernel.reading.reader import read

PIECES = (
    "2023年上半年，", "全县", "商品房销售", "2531套", "35.52万㎡", "，其中住宅", "同比上升", "8.05%", "。", "；", "、", "合计", "由",
    "增加到", "12.5户", "占", "办结率", "*", "**万元", "截止目前", "【2023】14号", "（", "”", "“", "\n", "一、", "（二）", "二是",
    "余人次", "第3位", "个百分点", "下降2倍", "均价", "元/㎡", "1.5亿元", "每户1000元", "总投资", "全部开工", "区委、区政府", "我县",
    "2月30日", " ", "，，", "0", "9" * 40, "亿万", "-5%", "%", "年",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_places_lie_in_the_text(text: str) -> None:
    reading = read(text)
    for finding in check(reading):
        assert finding.spans
        assert all(0 <= start < end <= len(text) for start, end in finding.spans)
        assert all(0 <= index < len(reading.figures) for index in finding.figures)
        assert finding.rule in NAMES
        assert finding.severity in SEVERITIES
        assert finding.message.endswith(("。", "）"))
        assert finding.advice


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_same_text_gives_the_same_findings(text: str) -> None:
    assert check(read(text)) == check(read(text))


@settings(max_examples=60, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_the_order_of_rules_changes_nothing(text: str, dice: object) -> None:
    shuffled = list(RULES)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert check(read(text), shuffled) == check(read(text))


def test_names_are_unique_in_a_text() -> None:
    for text in own_texts():
        broken = read(text.reading.text.replace("，", "，，", 5).replace("截至", "截止"))
        names = [finding.fingerprint for finding in check(broken)]
        assert len(set(names)) == len(names) > 0

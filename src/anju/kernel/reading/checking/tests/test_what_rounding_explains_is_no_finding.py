"""A report whose numbers are true and rounded once never gets an error, whatever the numbers are (hypothesis)."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from anju.kernel.quantities.rounding import round_half_up
from anju.kernel.quantities.text import plain
from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.reader import read

cents = st.integers(10**6, 10**10)
counts = st.integers(2, 50_000)


def shown(value: Fraction, places: int = 2) -> str:
    return plain(round_half_up(value, places))


def grown(now: int, before: int) -> str:
    change = Fraction(now - before, before) * 100
    size = round_half_up(abs(change), 2)
    return "持平" if size == 0 else f"{'上升' if change > 0 else '下降'}{plain(size)}%"


def errors(text: str) -> list[str]:
    return [f"{finding.rule}: {finding.message}" for finding in check(read(text)) if finding.severity == "error"]


@settings(max_examples=150, deadline=None)
@given(st.lists(cents, min_size=2, max_size=4))
def test_parts_rounded_one_by_one_still_add_up(parts: list[int]) -> None:
    names = ("住宅", "商业", "办公", "车位")
    words = "，".join(f"{name}投资{shown(Fraction(part, 10**8))}亿元" for name, part in zip(names, parts, strict=False))
    assert errors(f"完成投资{shown(Fraction(sum(parts), 10**8))}亿元，其中{words}。") == []


@settings(max_examples=150, deadline=None)
@given(counts, counts)
def test_a_true_rate_is_never_accused(done: int, left: int) -> None:
    whole = done + left
    rate = shown(Fraction(done * 100, whole))
    assert errors(f"全年共受理投诉{whole}件，办结{done}件，办结率{rate}%。") == []


@settings(max_examples=150, deadline=None)
@given(st.integers(10**5, 10**9), st.integers(2 * 10**5, 10**8))
def test_a_true_average_is_never_accused(area_cm: int, price: int) -> None:
    area = Fraction(area_cm, 100)
    amount = area * Fraction(price, 100)
    average = round_half_up(Fraction(price, 100), 0)
    text = f"住宅销售面积{shown(area / 10**4, 4)}万㎡，住宅销售额{shown(amount / 10**8, 4)}亿元，商品住宅均价{plain(average)}元/㎡。"
    assert [message for message in errors(text) if message.startswith("average")] == []


@settings(max_examples=150, deadline=None)
@given(cents, cents, cents, cents)
def test_true_growths_of_whole_and_parts_are_never_accused(a_now: int, a_before: int, b_now: int, b_before: int) -> None:
    whole_now, whole_before = a_now + b_now, a_before + b_before
    text = (
        f"完成投资{shown(Fraction(whole_now, 10**8))}亿元，同比{grown(whole_now, whole_before)}；"
        f"其中住宅投资{shown(Fraction(a_now, 10**8))}亿元，同比{grown(a_now, a_before)}；"
        f"商业投资{shown(Fraction(b_now, 10**8))}亿元，同比{grown(b_now, b_before)}。"
    )
    assert [message for message in errors(text) if not message.startswith("magnitude")] == []


@settings(max_examples=150, deadline=None)
@given(st.integers(100, 10**6), st.integers(1, 10**5))
def test_a_true_change_and_its_growth_are_never_accused(before: int, change: int) -> None:
    now = before + change
    text = f"新增泊位{now}个，比上年增加{change}个，增长{shown(Fraction(change * 100, before))}%。"
    assert errors(text) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(10, 9999), min_size=2, max_size=4), st.integers(1, 9))
def test_scaling_every_part_keeps_the_findings(parts: list[int], factor: int) -> None:
    """12座 of 4 + 7 is wrong by as much when all are nine times as many, and a right sum stays right."""

    def rules(by: int, slip: int) -> list[str]:
        words = "、".join(
            f"{name}{part * by}座" for name, part in zip(("新建水厂", "改造水厂", "扩建水厂", "维修水厂"), parts, strict=False)
        )
        return sorted(
            finding.rule for finding in check(read(f"全年{words}，合计{(sum(parts) + slip) * by}座。")) if finding.severity == "error"
        )

    assert rules(1, 0) == rules(factor, 0) == []
    assert rules(1, 1) == rules(factor, 1) == ["part_sum"]


def test_the_last_place_may_differ() -> None:
    # 0.495 + 0.495 = 0.99 prints 0.50 + 0.50 = 0.99.
    assert errors("完成投资0.99亿元，其中住宅投资0.50亿元，商业投资0.50亿元。") == []
    assert errors("完成投资0.97亿元，其中住宅投资0.50亿元，商业投资0.50亿元。") != []

"""Figures of a small book, on both engines: invariants 4, 5, 6, 7, 8, 13, 14, 15, 17 of the reporting domain."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from anju.kernel.access.actor import Actor
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.series import breakdown, by_region, dimensions, label, recent, trend
from anju.kernel.figures.tests.figure_samples import ask, on_both
from anju.kernel.figures.tests.samples import add, sale

H1, Q1, Q2 = (Period.parse(code) for code in ("2023H1", "2023Q1", "2023Q2"))


def random_book(seed: int = 6, size: int = 300) -> list[dict[str, object]]:
    chance = random.Random(seed)
    rows = []
    for _ in range(size):
        filed = date(2022, 1, 1) + timedelta(days=chance.randrange(560))
        rows.append(
            sale(
                region_code=chance.choice(["990121", "990121", "990122", "990123"]),
                filed_on=filed,
                left_on=chance.choice([None, filed + timedelta(days=chance.randrange(200))]),
                use=chance.choice(["home", "home", "shop", None]),
                amount=chance.randrange(10**7, 10**9),
                area=Decimal(chance.randrange(3000, 30000)) / 100,
                household=f"H{chance.randrange(40)}",
            )
        )
    return rows


def test_invariants_04_to_08_on_a_random_book(market: Actor) -> None:
    rows = random_book()
    add(market, *rows)
    mine = [row for row in rows if row["region_code"] == "990121"]
    months = [Period.month(2022 + number // 12, number % 12 + 1) for number in range(18)]
    additive = ["sample.count", "sample.homes", "sample.others", "sample.amount", "sample.area", "sample.movements"]
    keys = [*additive, "sample.households", "sample.ever", "sample.since_2022", "sample.held", "sample.price"]
    asked = {(key, period): Request(key, period, "990121") for key in keys for period in (H1, Q1, Q2, *months)}
    found = dict(zip(asked, on_both(list(asked.values()), market), strict=True))

    def value(key: str, period: Period) -> Fraction:
        return Fraction(found[key, period].value or 0)

    for key in additive:  # 6: H1 = Q1 + Q2, and Q2 = H1 - Q1, for flows
        assert value(key, H1) == value(key, Q1) + value(key, Q2) == sum(value(key, month) for month in months[12:])
    assert value("sample.households", H1) <= value("sample.households", Q1) + value("sample.households", Q2)
    for period in (H1, Q1, Q2, *months):
        inside = [row for row in mine if period.contains(row["filed_on"])]  # type: ignore[arg-type]
        assert value("sample.count", period) == len(inside)  # 4: nothing outside the period
        assert value("sample.amount", period) * 100 == sum(int(str(row["amount"])) for row in inside)
        assert value("sample.homes", period) <= value("sample.count", period)  # 7
        assert value("sample.homes", period) + value("sample.others", period) == value("sample.count", period)  # 8, nulls included
        gone = [row for row in mine if row["filed_on"] <= period.end and row["left_on"] and row["left_on"] <= period.end]  # type: ignore[operator]
        assert value("sample.held", period) == value("sample.ever", period) - len(gone)
        if inside:
            assert value("sample.price", period) == value("sample.amount", period) / value("sample.area", period)  # 13: unrounded
    cumulative = [value("sample.ever", month) for month in months]
    assert cumulative == sorted(cumulative)  # 5
    assert cumulative == [value("sample.since_2022", month) for month in months]


def test_growth_and_its_missing_bases(market: Actor) -> None:
    add(market, *[sale(filed_on=date(2022, 3, 1), amount=10**10) for _ in range(2)], sale(filed_on=date(2023, 3, 1), amount=3 * 10**10))
    growing = ask("sample.amount", "2023H1", market, measure="yoy")
    assert (growing.value, growing.text, growing.unit) == (50, "同比上升50.00%", "%")
    assert growing.base is not None
    assert (growing.base.text, growing.base.period.code, growing.reference) == ("2.00亿元", "2022H1", "sample.amount#yoy")
    assert growing.formula == "（300,000,000元 − 200,000,000元）÷ 200,000,000元 × 100% = 50.00%"
    assert ask("sample.count", "2023H1", market, measure="yoy").text == "同比下降50.00%"
    assert ask("sample.count", "2023H1", market, measure="change").text == "比上年同期减少1套"
    assert ask("sample.count", "2023Q1", market, measure="mom").missing == "zero_base"
    assert ask("sample.count", "2023Q1", market, measure="mom").text == "上期为零"
    assert ask("sample.count", "2023Q3", market, measure="yoy").text == "同比持平"
    assert ask("sample.count", "2023Q2", market, measure="mom").text == "环比下降100.00%"
    before_the_books = ask("sample.count", "2022H1", market, measure="yoy")
    assert (before_the_books.value, before_the_books.missing, before_the_books.text) == (None, "no_base", "无可比数据")
    # Two homes at the end of 2022H1 and three a year later: the same date last year is the base of a cumulative figure.
    assert ask("sample.ever", "2023H1", market, measure="yoy").text == "同比上升50.00%"


def test_a_negative_base_prints_the_change_only(market: Actor) -> None:
    add(market, sale(filed_on=date(2022, 3, 1), amount=-(10**10)), sale(filed_on=date(2023, 3, 1), amount=10**10))
    figure = ask("sample.amount", "2023H1", market, measure="yoy")
    assert (figure.value, figure.missing, figure.text) == (None, "negative_base", "比上年同期增加2.00亿元")


def test_invariant_17_a_rate_grows_by_points(market: Actor) -> None:
    add(market, sale(filed_on=date(2022, 3, 1)), sale(filed_on=date(2022, 3, 1), use="shop"))
    add(market, *[sale(filed_on=date(2023, 3, 1), use=use) for use in ("home", "home", "shop")])
    figure = ask("sample.home_rate", "2023H1", market, measure="yoy")
    assert (figure.text, figure.value, figure.unit) == ("同比上升16.67个百分点", Fraction(50, 3), "个百分点")


def test_invariant_14_nothing_over_zero(market: Actor) -> None:
    add(market, sale(use="home"))
    nothing = ask("sample.home_rate", "2022H1", market)
    assert (nothing.value, nothing.shown, nothing.missing, nothing.exact()) == (None, None, "zero_denominator", None)
    no_target = ask("sample.completion", "2023H1", market)
    assert (no_target.missing, no_target.text) == ("no_target", "未下达任务")


def test_a_completion_may_be_inverse(market: Actor) -> None:
    add(market, *[sale(use="home") for _ in range(4)], *[sale(use="shop") for _ in range(5)])
    assert ask("sample.completion", "2023H1", market).text == "80.00%"
    inverse = ask("sample.accidents", "2023H1", market)
    assert (inverse.text, inverse.formula) == ("125.00%", "5套 ÷ 4套 × 100% = 125.00%")


def test_a_scope_change_suppresses_growth_or_labels_it(market: Actor) -> None:
    add(market, sale(filed_on=date(2022, 3, 1)), sale(filed_on=date(2023, 3, 1)), sale(filed_on=date(2024, 3, 1)))
    suppressed = ask("sample.rescoped", "2023H1", market, measure="yoy")
    assert (suppressed.value, suppressed.missing, suppressed.notes) == (None, "scope_change", ("口径调整：并入示例镇",))
    assert ask("sample.rescoped", "2024H1", market, measure="yoy").text == "同比持平"
    labelled = ask("sample.recomputed", "2023H1", market, measure="yoy")
    assert (labelled.text, labelled.notes) == ("同比持平", ("可比口径：并入示例镇",))


def test_invariant_65_money_is_scaled_by_its_size(market: Actor) -> None:
    add(market, sale(amount=123_400, filed_on=date(2023, 1, 5)), sale(amount=1_234_500_00, filed_on=date(2023, 2, 5)))
    add(market, sale(amount=184_801_000_000, filed_on=date(2023, 3, 5)))
    texts = [ask("sample.amount_by_size", f"2023-0{month}", market).text for month in (1, 2, 3, 4)]
    assert texts == ["1234元", "123.45万元", "18.48亿元", "0元"]
    figure = ask("sample.amount", "2023-03", market)
    assert (figure.exact(), figure.text) == ("1848010000", "18.48亿元")
    assert figure.in_unit("万元").text == "184801.00万元"
    assert figure.in_unit("元").text == "1848010000元"
    assert figure.in_unit("亿元").text == "18.48亿元"


def test_invariant_66_each_indicator_rounds_once_in_its_own_mode(market: Actor) -> None:
    add(market, sale(amount=1_250_000_000, filed_on=date(2023, 2, 1)), sale(amount=1_000_000_000, filed_on=date(2022, 2, 1)))
    add(market, sale(amount=2_000_000_000, filed_on=date(2022, 1, 15)))
    assert ask("sample.amount", "2023H1", market).text == "0.13亿元"
    to_even = ask("sample.amount_to_even", "2023H1", market)
    assert (to_even.text, to_even.exact(), to_even.in_unit("万元").text) == ("0.12亿元", "12500000", "1250.00万元")
    assert ask("sample.amount_to_even", "2023-02", market, measure="yoy").text == "同比上升25.0%"
    # The books of January 2022 were kept, but the bureau does not vouch for them: recorded_from.
    assert ask("sample.amount_to_even", "2023H1", market, measure="yoy").text == "无可比数据"
    assert ask("sample.amount", "2023H1", market, measure="yoy").text == "同比下降58.33%"


def test_invariant_08_shares_of_a_breakdown_add_up(market: Actor) -> None:
    add(market, *[sale(use=use, household=household) for use, household in (("home", "A"), ("shop", "B"), ("home", "C"))])
    parts = breakdown("sample.count", "household", H1, "990121", by=market, measure="share")
    assert [name for name, _ in parts] == ["A", "B", "C"]
    assert sum(Decimal(figure.shown or 0) for _, figure in parts) == Decimal("100.00")
    assert sorted(figure.text for _, figure in parts) == ["33.33%", "33.33%", "33.34%"]
    uses = breakdown("sample.amount", "use", H1, "990121", by=market)
    assert [(label("sample.amount", "use", name), figure.text) for name, figure in uses] == [("住宅", "0.01亿元"), ("商业", "0.01亿元")]
    assert uses[0][1].reference == "sample.amount[use=home]"
    assert set(dimensions("sample.price")) == {"use", "household"}
    price = ask("sample.price", "2023H1", market, filters=(("use", "商业"),))
    assert (price.reference, price.rows, price.formula) == ("sample.price[use=shop]", 1, "500,000元 ÷ 98.4㎡ = 5081元/㎡")


def test_trends_and_regions(market: Actor) -> None:
    add(market, sale(), sale(region_code="990122"), sale(region_code="990122", filed_on=date(2022, 5, 1)))
    assert [figure.text for figure in trend("sample.count", recent(H1, 3), "9901", by=market)] == ["1套", "0套", "2套"]
    assert [(name, figure.text) for name, figure in by_region("sample.count", H1, "9901", by=market)] == [
        ("东原县", "1套"), ("西屏县", "1套"), ("南塘县", "0套"), ("北河县", "0套")
    ]  # fmt: skip


def test_the_order_of_requests_and_their_company_change_nothing(market: Actor) -> None:
    add(market, *random_book(7, 60))
    requests = [
        Request(key, period, "990121", measure=measure)  # type: ignore[arg-type]
        for key in ("sample.amount", "sample.price", "sample.home_rate", "sample.held")
        for period in (H1, Q1)
        for measure in ("value", "yoy", "mom", "change", "rank")
    ]
    together = evaluate(requests, by=market)
    assert together == [evaluate([request], by=market)[0] for request in requests]
    assert together[::-1] == evaluate(requests[::-1], by=market)

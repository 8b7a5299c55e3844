"""Figures find their indicators by name, kind and relation; the template re-creates the text with slots and variables."""

from datetime import date

from anju.kernel.figures.indicators import Indicator, Time
from anju.kernel.quantities.units import unit
from anju.kernel.reading.reader import read
from anju.kernel.reading.templating.choices import Choice, choose
from anju.kernel.reading.templating.phrases import phrase_of
from anju.kernel.reading.templating.proposals import propose
from anju.kernel.reading.templating.writing import write_template


def indicator(key: str, name: str, written: str, show: str = "", places: int = 0, **more: object) -> Indicator:
    flow = Time("flow", "filed_on")
    return Indicator(
        key=key, name=name, slice="market", kind="sum", unit=unit(written), show=unit(show or written), round=places, source="", meaning="",
        owner="market", where_place="", time=flow, valid_from=date.min, **more,
    )  # type: ignore[arg-type]  # fmt: skip


CATALOGUE = {
    each.key: each
    for each in (
        indicator("market.sold_units", "商品房销售套数", "套"),
        indicator("market.sold_area", "商品房销售面积", "㎡", "万㎡", 2),
        indicator("market.home_units", "商品住宅销售套数", "套", of_which="market.sold_units"),
        indicator("market.amount", "商品房销售额", "元", "亿元", 2),
        indicator("market.certificates", "开具房屋证明份数", "份"),
        indicator("housing.households", "住房租赁补贴发放户数", "户"),
    )
}
TEXT = (
    "2022年上半年，东原县房产服务中心开展工作。截至2022年6月底全县商品房销售2531套，建筑面积35.5万平方米，其中住宅销售2118套；"
    "商品房销售额18.48亿元，比上年同期增长0.71%。第一季度发放住房租赁补贴9户。开具房屋证明3200余份，组织演练4次。"
)


def chosen(text: str = TEXT, **more: object) -> tuple[Choice, ...]:
    return choose(read(text), CATALOGUE, **more)  # type: ignore[arg-type]


def test_figures_find_their_indicators() -> None:
    assert [choice.reference for choice in chosen()] == [
        "market.sold_units", "market.sold_area", "market.home_units", "market.amount", "market.amount#yoy", "housing.households@1Q",
        "market.certificates", "",
    ]  # fmt: skip
    units = chosen()[0]
    assert units.state == "likely"
    assert units.candidates[0].why[0].startswith("名称相近")


def test_the_template_prints_what_the_text_printed() -> None:
    written = write_template(read(TEXT), chosen(), CATALOGUE, name="x", places={"东原县房产服务中心": "单位"})
    body = written.text.split("---\n")[2]
    assert body.startswith("{期间}，{单位}开展工作。截至{期末}全县商品房销售{market.sold_units}，")
    assert "建筑面积{market.sold_area|万平方米|1位}，其中住宅销售{market.home_units}；" in body
    assert "商品房销售额{market.amount}，{market.amount|同比}。" in body
    assert "{首季}发放住房租赁补贴{housing.households@1Q}" in body
    assert "开具房屋证明{market.certificates|余}，组织演练4次。" in body
    assert "growth: [增长, 下降]" in written.text


def test_braces_of_the_text_stay_words() -> None:
    assert "{{甲}}" in write_template(read("备注{甲}。"), chosen("备注{甲}。"), CATALOGUE, name="x").text


def test_what_was_confirmed_is_remembered_for_the_same_words() -> None:
    reading = read(TEXT)
    phrase = phrase_of(reading, reading.figures[0])
    again = chosen(TEXT.replace("2022", "2023").replace("2531", "2677"), remembered={phrase: "market.home_units"})
    assert (again[0].reference, again[0].state) == ("market.home_units", "remembered")


def test_a_person_may_keep_the_words() -> None:
    reading = read(TEXT)
    kept = chosen(decided={reading.figures[0].start: ""})
    assert (kept[0].state, kept[0].reference) == ("kept", "")


def test_what_nobody_counts_is_proposed_as_a_book() -> None:
    reading = read(TEXT)
    (proposal,) = propose(reading, chosen())
    assert proposal.label.startswith("组织演练")
    assert [(each.unit, each.page["count"]) for each in proposal.indicators] == [("次", "rows")]
    assert proposal.ledger == propose(read(TEXT.replace("4次", "7次")), chosen())[0].ledger


def test_money_and_households_of_one_thing_share_a_book() -> None:
    text = "2023年，走访慰问困难职工32户，发放慰问金1.6万元。"
    (proposal,) = [each for each in propose(read(text), choose(read(text), {})) if "慰问" in each.label][:1]
    assert "happened_on" in proposal.page["fields"]

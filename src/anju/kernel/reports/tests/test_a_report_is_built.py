"""A template and the books become a report: text, figures with their evidence, the same every time."""

from __future__ import annotations

from datetime import date

import pytest

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.figures import snapshots
from anju.kernel.figures.periods import Period
from anju.kernel.reports.building import build
from anju.kernel.reports.docx import render_docx
from anju.kernel.reports.tests.conftest import County, read
from anju.testing.factories import make_actor, make_bureau


def body(county: County, text: str, **given: object) -> str:
    built = county.report(text, **given)  # type: ignore[arg-type]
    return "\n".join(block.text for block in built.blocks if block.kind == "text")


def test_figures_words_and_growth(county: County) -> None:
    county.sell(3)
    county.sell(2, on="2022-03-01")
    text = (
        "截至{期末}，{地区}销售{sample.count}，{sample.area|㎡}，{sample.amount|万元|1位}，{sample.count|同比}，{本期}均价{sample.price}。"
    )
    assert body(county, text) == "截至2023年6月底，东原县销售3套，295.20㎡，150.0万元，同比上升50.00%，上半年均价5081元/㎡。"


def test_parts_of_the_period_and_filters(county: County) -> None:
    county.sell(2, on="2023-02-01")
    county.sell(1, on="2023-05-01", use="shop")
    text = "一季度{sample.count@Q1}，二季度{sample.count@Q2}，其中商业{sample.count[use=shop]}。"
    assert body(county, text) == "一季度2套，二季度1套，其中商业1套。"


@pytest.mark.parametrize(
    ("period", "printed"), [("2023H1", "第一季度2套，第二季度1套。"), ("2022H2", "第三季度0套，第四季度4套。")], ids=["first", "second"]
)
def test_quarters_by_their_place(county: County, period: str, printed: str) -> None:
    county.sell(4, on="2022-12-31")
    county.sell(2, on="2023-02-01")
    county.sell(1, on="2023-05-01")
    assert body(county, "{首季}{sample.count@1Q}，{次季}{sample.count@2Q}。", period=period) == printed


def test_a_list_has_one_item_for_every_value_with_rows(county: County) -> None:
    county.sell(2)
    county.sell(1, use="shop")
    text = '{逐项 use 取自 sample.count 分隔 "；"}{use}{sample.count}，{sample.amount|万元|数}万元，占全部{sample.count[use=*]}{逐项完}。'
    assert body(county, text) == "住宅2套，100.00万元，占全部3套；商业1套，50.00万元，占全部3套。"


def test_a_list_over_the_regions_below_and_a_rank(county: County) -> None:
    county.sell(2)
    county.sell(3, region_code="990122", bureau_id=county.neighbour.bureau_id)
    assert body(county, "列全市{sample.ranked|排名}，第{sample.ranked|排名|数}。") == "列全市第二，第2。"
    with using_scope(Scope.system()):
        city = make_bureau("yunchuan", "9901")
        reader = make_actor(city, "city_reader", reach="region")
    template = read('{逐项 region 取自 sample.count 分隔 "，"}{region}{sample.count}{逐项完}。')
    built = build(template, Period.parse("2023H1"), by=reader)
    assert [block.text for block in built.blocks if block.kind == "text"] == ["东原县2套，西屏县3套。"]
    assert [figure.region for figure in built.figures] == ["990121", "990122"]


def test_a_condition_decides_on_exact_values(county: County) -> None:
    county.sell(3)
    text = "{如果 sample.amount >= 150万元 且 无 sample.count#yoy}达标{否则如果 sample.count > 1}接近{否则}未达标{如果完}。"
    assert body(county, text) == "达标。"
    county.sell(1, amount=-1)
    assert body(county, text) == "接近。"


def test_a_missing_base_prints_no_number(county: County) -> None:
    county.sell(3)
    built = county.report("销售{sample.count}，{sample.count|同比}。")
    assert "%" not in built.text
    assert [finding.rule for finding in built.findings] == ["reports.missing_base"]


def test_every_figure_carries_its_evidence(county: County) -> None:
    county.sell(3)
    (units, price) = county.report("销售{sample.count}，均价{sample.price|数}元。").figures
    assert (units.value, units.unit, units.shown, units.rows, len(units.digest)) == ("3", "套", "3套", 3, 64)
    assert (price.reference, price.format, price.shown) == ("sample.price", "数", "5081")
    assert units.snapshot == str(snapshots.current().pk)


def test_the_paper_has_its_parts_in_order(county: County) -> None:
    built = county.report("销售{sample.count}。", dated=date(2023, 7, 5), serial="7")
    assert [(block.kind, block.text) for block in built.blocks] == [
        ("number", "东房〔2023〕7号"),
        ("title", "2023年上半年工作情况的报告"),
        ("addressee", "县委、县政府："),
        ("text", "销售0套。"),
        ("signature", "东原县房产服务中心"),
        ("date", "2023年7月5日"),
    ]
    assert county.report("销售{sample.count}。").blocks[0].kind == "title"


def test_the_same_snapshot_gives_the_same_bytes(county: County) -> None:
    county.sell(3)
    snapshot = snapshots.refresh()
    first = county.report("销售{sample.count}，{sample.price}。", snapshot=snapshot)
    county.sell(1)
    again = county.report("销售{sample.count}，{sample.price}。", snapshot=snapshot)
    assert again == first
    assert render_docx(again) == render_docx(first)
    assert county.report("销售{sample.count}，{sample.price}。").text != first.text


def test_a_period_of_the_wrong_kind_is_refused(county: County) -> None:
    with pytest.raises(AnjuError, match=r"reports.wrong_period"):
        county.report("销售{sample.count}。", head="---\ntitle: 季报\nperiods: [quarter]\n---\n")


def test_a_region_outside_the_scope_is_refused(county: County) -> None:
    with pytest.raises(Forbidden):
        county.report("销售{sample.count}。", region="990122")


def test_the_reader_of_one_bureau_counts_its_own_rows(county: County) -> None:
    county.sell(2)
    county.sell(1, bureau_id=county.bureau.pk + 1000)
    assert body(county, "销售{sample.count}。") == "销售2套。"


MISTAKES = [
    ("销售{sample.counts}。", "测试.txt:7:3", "没有名为"),
    ("销售{sample.count|户}。", "测试.txt:7:3", "以套计，不能写成户"),
    ("排名{sample.count|排名}。", "测试.txt:7:3", "没有声明排名"),
    ("{sample.count[batch=1]}", "测试.txt:7:1", "没有“batch”这一列"),
    ("{sample.count@X9}", "测试.txt:7:1", "不是报告期的一部分"),
    ("{期间末}", "测试.txt:7:1", "期末"),
    ("{sample.count|约}", "测试.txt:7:1", "不认识"),
    ("{逐项 batch 取自 sample.count}{sample.count}{逐项完}", "测试.txt:7:", "不是“销售套数”数据里的列"),
]


def test_a_template_is_checked_against_the_catalogue(county: County) -> None:
    for text, place, says in MISTAKES:
        with pytest.raises(AssertionError) as refused:
            read(text)
        assert place in str(refused.value)
        assert says in str(refused.value)

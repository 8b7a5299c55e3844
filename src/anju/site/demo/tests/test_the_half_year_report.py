"""The report built from the sample's books says every figure of section 二, and its findings name what the original got wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.figures.periods import Period
from anju.kernel.orgs.models import Bureau
from anju.kernel.reports.building import build
from anju.kernel.reports.built import Built
from anju.site.demo.books.policies import SECOND, THIRTEENTH, Policy
from anju.site.figure_rows import compute
from anju.testing.sample import Sample

TABLE = Path("shared") / "domain" / "seed-indicators.csv"
SEED = "000_6d322f3a6bbddf8d.txt"
NOT_OURS = {"4687"}  # printed by the original, though its own totals give 4732
SENTENCES = (
    "审核通过新就业无房职工租赁补贴申请14人",
    "第一季度为9户家庭发放住房租赁补贴4470元，第二季度为8户家庭发放4230元",
    "受理公共租赁住房申请24户，已全部配租到位",
    "待发放8人，金额24万元",
    "房地产开发面积69.90万㎡，同比上升55.40%",
    "住宅57.69万㎡，同比上升71.29%；商业12.21万㎡，同比上升8.05%",
    "销售商品房2531套、35.52万㎡，其中住宅2118套、30.79万㎡",
    "销售额18.48亿元，同比上升0.71%，其中住宅14.57亿元，同比上升1.82%",
    "销售均价4732元/㎡，同比上升6.28%",
    "预售资金支取340次，支取资金17.15亿元",
    "分两批将4个项目纳入",
    "涉及住宅1540套，申请专项借款1.54亿元，已拨付1.28亿元",
    "累计交付住宅796套，占全部任务的51.69%",
    "完成比143.94%，在全市各县中排名第二",
    "第十批奖励已发放269户、资金1109403元",
    "第十一批待兑现157户、资金672482元",
    "户室5094套，面积504105.35㎡",
    "业务518宗，面积6.94万㎡，其中存量房网签合同备案154宗、面积1.59万㎡、金额0.50亿元，房产注销登记364宗、面积5.35万㎡",
    "开具房屋证明3200余份",
    "配合上级部门查询1332人次",
    "查询企业和人员249人次",
)


@pytest.fixture(scope="module")
def report(sample_county_to_read: Sample) -> Built:
    with using_scope(sample_county_to_read.by.scope):
        return build("half_year", Period.parse("2023H1"), by=sample_county_to_read.by)


@pytest.fixture(scope="module")
def text(report: Built) -> str:
    return "\n".join(block.text for block in report.blocks)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_report_says(text: str, sentence: str):
    assert sentence in text


def test_the_only_arithmetic_finding_is_the_average_price_of_the_original(report: Built):
    assert [finding.rule for finding in report.findings if finding.severity != "note"] == ["reports.stated"]
    (stated,) = (finding for finding in report.findings if finding.rule == "reports.stated")
    assert "4687元/㎡" in stated.message
    assert "4732元/㎡" in stated.message


def test_a_half_year_before_the_programme_says_so(sample_county_to_read: Sample):
    with using_scope(sample_county_to_read.by.scope):
        earlier = build("half_year", Period.parse("2022H1"), by=sample_county_to_read.by)
    text = "\n".join(block.text for block in earlier.blocks)
    assert "全县没有项目纳入保交楼专项借款支持范围" in text
    assert "已配租28户，分配率90.32%" in text
    assert {finding.rule for finding in earlier.findings} == {"reports.missing_base"}


SECOND_HALF = (
    "第三季度为9户家庭发放住房租赁补贴4500元，第四季度为9户家庭发放4620元，下半年合计9120元",
    "截至2022年底，共审核通过",
    "下半年，全县房地产开发面积38.88万㎡，无可比数据",
    "全县下半年共销售商品房2681套",
    "销售额18.50亿元，无可比数据",
    "截至2022年底，尚未交付住宅。",
    "下半年，第九批奖励已发放231户、资金958760元。",
)


@pytest.fixture(scope="module")
def second_half(sample_county_to_read: Sample) -> Built:
    with using_scope(sample_county_to_read.by.scope):
        return build("half_year", Period.parse("2022H2"), by=sample_county_to_read.by)


@pytest.mark.parametrize("sentence", SECOND_HALF)
def test_a_second_half_says(second_half: Built, sentence: str):
    assert sentence in second_half.text


def test_a_second_half_reads_well(second_half: Built):
    assert second_half.title == "东原县房产服务中心2022年下半年工作情况报告"
    for odd in ("上半年", "第一季度", "第二季度", "今年", "完成比", "排名", "None", "{"):
        assert odd not in second_half.text, odd
    assert re.search(r"(?<![\d.])0[人户套宗元万]", second_half.text) is None
    assert {finding.rule for finding in second_half.findings} == {"reports.missing_base", "reports.rounding"}


def test_the_figures_of_a_second_half_are_listed(sample_county_to_read: Sample, second_half: Built):
    by = sample_county_to_read.by
    with using_scope(by.scope):
        bureau = Bureau.objects.get(code="dongyuan")
        figures, _ = compute(references=[], template="half_year", period="2022H2", bureau=bureau, by=by)
    assert {figure.period.code for figure in figures} == {"2022H2", "2022Q3", "2022Q4"}
    assert {figure.text for figure in figures} >= {"4500元", "4620元", "9120元"}


def test_the_page_shows_a_second_half(sample_county_to_read: Sample, client_for: Callable[[Actor], Client]):
    page = client_for(sample_county_to_read.by).get("/reports/half_year/?period=2022H2")
    assert page.status_code == 200
    assert "第四季度为" in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/figures/?q=政策文件执行截止日期&period=2023H1", "/figures/office.policies.effective_to/?period=2023H1"]
)
def test_a_page_prints_a_date_as_a_date(sample_county_to_read: Sample, client_for: Callable[[Actor], Client], address: str):
    page = client_for(sample_county_to_read.by).get(address).content.decode()
    assert "2027年2月28日" in page
    assert "740,0" not in page


@pytest.mark.parametrize("policy", [THIRTEENTH, SECOND], ids=lambda policy: policy.document_no)
def test_policies_are_cited_with_the_days_of_the_policy_book(text: str, policy: Policy):
    first, last = policy.effective_from, policy.effective_to
    days = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    assert f"《{policy.title}》（{policy.document_no}，执行期限为{days}）" in text


@pytest.mark.shared
def test_every_number_of_the_reference_table_is_in_the_text(text: str, request: pytest.FixtureRequest):
    table = request.config.rootpath.parent / TABLE
    if not table.exists():
        pytest.skip("the reference material is not beside the project")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["seed"] == SEED and row["section"].startswith("二")]
    assert len(rows) > 50
    missing = []
    for row in rows:
        for number in re.findall(r"\d+(?:\.\d+)?", row["value"].split("(")[0].split("/")[0]):
            if number not in NOT_OURS and row["unit"] != "日期" and not re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.]\d)", text):
                missing.append((row["indicator_zh"], number))
    assert missing == []

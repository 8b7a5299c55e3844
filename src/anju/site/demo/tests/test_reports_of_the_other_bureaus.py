"""The reports of the sample city and district say what their books hold, and their findings are about the work, not the words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures.periods import Period
from anju.kernel.orgs.models import Bureau, User
from anju.kernel.orgs.queries import actor_of
from anju.kernel.reports.building import build
from anju.kernel.reports.built import Built
from anju.testing.sample import Sample

REPORTS = {"city_year": ("lingchuan", "2022"), "district_half_year": ("linxi", "2023H1")}
SENTENCES = {
    "city_year": (
        "列入计划的老旧小区31个，涉及225栋、8325户、74.60万㎡，计划总投资4.97亿元，户均5.97万元",
        "印发公文169件，同比下降35.0%；召开会议48次，同比下降20.0%",
        "全年计划实施市政项目186个、总投资46.80亿元，完成投资28.90亿元",
        "市本级42个，完成投资13.40亿元；县区144个，完成投资15.50亿元",
        "投资任务超额完成，完成率106.0%",
        "施工面积486.00万㎡，同比增长7.00%",
        "重点镇污水处理设施开工9个，计划2023年9月30日前竣工",
        "重建开工1420户，开工率97.1%，竣工896户，竣工率61.3%",
        "排查出的隐患已整改到位。全年没有发生质量安全责任事故。",
    ),
    "district_half_year": (
        "民生项目应报日报121次，实报118次，缺报3次",
        "检查在建工程412个次，涉及137个；下达限期整改通知168份",
        "立案19起，比上年同期减少1起",
        "通过竣工验收38个，其中联合验收14个，占36.8%",
        "上半年没有发生安全生产责任事故",
        "推进两批、3个保交楼项目，涉及住宅1058套",
    ),
}


@pytest.fixture(scope="module")
def built_of(every_bureau_to_read: Sample) -> Callable[[str, str], Built]:
    def build_it(template: str, period: str) -> Built:
        office = REPORTS[template][0]
        with using_scope(Scope.system()):
            by: Actor = actor_of(User.objects.get(username=f"{office}-demo"))
        with using_scope(by.scope):
            return build(template, Period.parse(period), by=by, bureau=Bureau.objects.get(code=office))

    return build_it


@pytest.mark.parametrize("template", REPORTS)
def test_the_report_says(built_of: Callable[[str, str], Built], template: str):
    text = built_of(template, REPORTS[template][1]).text
    for sentence in SENTENCES[template]:
        assert sentence in text, sentence
    assert "*" not in text
    assert "{" not in text


def test_the_only_finding_of_the_city_is_the_target_it_missed(built_of: Callable[[str, str], Built]):
    (finding,) = built_of("city_year", "2022").findings
    assert finding.rule == "reports.target"
    assert "污水管网改造" in finding.message


def test_the_district_has_no_finding(built_of: Callable[[str, str], Built]):
    assert built_of("district_half_year", "2023H1").findings == ()


def test_a_year_without_records_claims_nothing(built_of: Callable[[str, str], Built]):
    text = built_of("city_year", "2019").text
    for claim in ("整改到位", "没有发生", "已办结答复", "超额完成"):
        assert claim not in text, claim

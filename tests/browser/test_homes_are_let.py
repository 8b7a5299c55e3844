"""公租房 before a clerk, a street office, a reviewer, a leader and a citizen: from the application to the home and its first rent."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from anju.domains.housing.letting.tests.village import Village, make_village
from anju.domains.housing.models import Lease, LettingUnit
from anju.domains.housing.payments.tests.town import resident_id
from anju.domains.housing.tenancy import leaving
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.orgs.models import Staff
from anju.testing.browser import LiveSite

pytestmark = pytest.mark.browser
START = date(2026, 3, 2)
EVENT = "示例彩票 2026025 期开奖号码"


@pytest.fixture
def village(live_site: LiveSite) -> Village:
    with using_scope(Scope.system()):
        made = make_village()
        for number in (1, 3):
            made.waits(number, on=date(2026, 2, 1) + timedelta(days=number))
        made.homes(2)
    return made


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], date]:
    """Let the house live on a later day."""

    def go(days: int) -> date:
        day = START + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: datetime.combine(day, time(10), ZoneInfo("Asia/Shanghai")))
        return day

    return go


def name_of(person: Actor) -> str:
    with using_scope(Scope.system()):
        return str(Staff.objects.select_related("user").get(pk=person.staff_id or 0).user.username)


def received(clerk: Page) -> tuple[str, str, str]:
    """At the counter: the household, its application with one paper promised, acceptance. The case's address, number and code."""
    clerk.goto("/cases/new/")
    clerk.get_by_role("link", name="公租房保障申请").click()
    clerk.get_by_role("textbox", name="第1人姓名").fill("孙例甲")
    clerk.get_by_role("textbox", name="第1人身份证号").fill(resident_id(801, date(1972, 5, 6)))
    clerk.get_by_role("button", name="登记，去提出申请").click()
    for paper in ("申请表", "核查授权书", "身份证和户口簿", "婚姻状况证明"):
        clerk.get_by_role("checkbox", name=paper).check()
    look(clerk, "apply")
    clerk.get_by_role("button", name="收件").click()
    code = clerk.locator(".receipt p.code").inner_text()
    number = clerk.locator(".receipt dd").first.inner_text()
    clerk.get_by_role("link", name="打开办件").click()
    clerk.locator("li", has_text="收入证明").get_by_role("button", name="容缺").click()
    expect(clerk.get_by_text("已记容缺承诺")).to_be_visible()
    clerk.get_by_role("button", name="受理", exact=True).click()
    expect(clerk.get_by_text("还没有签署核查授权书：孙例甲")).to_be_visible()
    case = clerk.url.removesuffix("do/decide/")
    clerk.locator(".housing-verdict").get_by_role("link").first.click()
    household = clerk.url
    clerk.get_by_label("授权书编号", exact=True).fill("SQ-2026-1")
    clerk.get_by_role("button", name="登记授权").click()
    expect(clerk.get_by_text("已登记。")).to_be_visible()
    clerk.goto(case)
    clerk.get_by_role("button", name="受理", exact=True).click()
    expect(clerk.get_by_text("已办理。")).to_be_visible()
    recorded(clerk, household)
    return clerk_case(clerk, case), number, code


def clerk_case(clerk: Page, case: str) -> str:
    """The paper that was promised is brought."""
    clerk.goto(case)
    clerk.locator("li", has_text="收入证明").get_by_role("button", name="收", exact=True).click()
    expect(clerk.get_by_text("已收材料。")).to_be_visible()
    return case


def recorded(clerk: Page, household: str) -> None:
    """What the other offices answered, on the household."""
    clerk.goto(household)
    clerk.locator("summary", has_text="收入").click()
    clerk.get_by_label("月收入（元）").fill("800")
    clerk.get_by_label("收入来源").fill("民政核对 2026-9")
    clerk.get_by_role("button", name="登记收入").click()
    for title, where, button in (("资产", "资产来源", "登记资产"), ("住房", "住房来源", "登记住房")):
        clerk.locator("summary", has_text=title).click()
        clerk.get_by_label(where).fill("核对报告 2026-9")
        clerk.get_by_role("button", name=button).click()
    clerk.locator("summary", has_text="保障类别和优先").click()
    clerk.get_by_label("优先类别").select_option("disabled")
    clerk.get_by_label("优先凭证").fill("残疾人证 示例2号")
    clerk.get_by_role("button", name="登记优先").click()
    expect(clerk.get_by_text("残疾人证 示例2号")).to_be_visible()
    look(clerk, "household")


def reviewed_by_the_street(street: Page, case: str) -> None:
    street.goto(case)
    street.get_by_label("入户调查日期").fill("2026-02-04")
    street.get_by_label("初审意见").fill("情况属实")
    street.get_by_role("button", name="报复审").click()
    expect(street.get_by_text("已办理。")).to_be_visible()


def checked_and_returned(reviewer: Page, case: str) -> None:
    """Six checks side by side; nothing passes before the last; then the case goes back once."""
    reviewer.goto(case)
    reviewer.get_by_role("button", name="发起核查").click()
    for _number in range(6):
        agreed(reviewer)
        expect(reviewer.get_by_text("核查还没有")).to_be_visible()
        reviewer.goto(case)
        reviewer.get_by_text("登记结果").first.click()
        reviewer.get_by_role("button", name="登记", exact=True).first.click()
        expect(reviewer.get_by_text("已登记核查结果。")).to_be_visible()
    look(reviewer, "second-review")
    reviewer.locator("summary", has_text="退回").click()
    reviewer.get_by_label("退回到").select_option("first_review")
    reviewer.get_by_label("要改什么").fill("请写明入户所见")
    reviewer.locator("form", has=reviewer.get_by_label("退回到")).get_by_role("button", name="退回").click()
    expect(reviewer.get_by_text("已办理。")).to_be_visible()


def agreed(reviewer: Page) -> None:
    reviewer.get_by_label("认定的保障类别").first.select_option("minimum_allowance")
    reviewer.get_by_role("button", name="同意", exact=True).click()


def published(clerk: Page, case: str) -> None:
    clerk.goto(case)
    clerk.get_by_role("button", name="发布公示").click()
    expect(clerk.get_by_text("公示中", exact=True)).to_be_visible()


def followed_and_objected(stranger: Page, number: str, code: str) -> None:
    """A citizen tries the rules, follows the case with its code, reads the masked list and objects."""
    stranger.goto("/open/")
    stranger.get_by_role("link", name="我能申请什么").click()
    stranger.get_by_label("家庭人口").fill("1")
    stranger.get_by_label("家庭类别").select_option("low_income")
    for label, value in (("家庭月收入（元）", "1600"), ("家庭资产（元）", "0"), ("自有住房面积（㎡）", "0"), ("现租房月租金（元）", "900")):
        stranger.get_by_label(label).fill(value)
    stranger.get_by_role("button", name="试算").click()
    expect(
        stranger.locator("section", has=stranger.get_by_role("heading", name="公共租赁住房")).get_by_text(
            "人均月收入 1,600.00元/月·人，超过收入线 1,500.00元/月·人"
        )
    ).to_be_visible()
    expect(stranger.get_by_text("本地还没有公布这一项的标准")).to_be_visible()
    look(stranger, "eligible-phone")
    stranger.get_by_label("家庭月收入（元）").fill("1500")
    stranger.get_by_role("button", name="试算").click()
    expect(stranger.locator("section", has=stranger.get_by_role("heading", name="公共租赁住房")).get_by_text("可以申请")).to_be_visible()
    stranger.goto("/open/follow/")
    stranger.get_by_label("案号").fill(number)
    stranger.get_by_label("查询码").fill("0000-0000")
    stranger.get_by_role("button", name="查询").click()
    expect(stranger.get_by_text("案号或查询码不对")).to_be_visible()
    stranger.get_by_label("查询码").fill(code)
    stranger.get_by_role("button", name="查询").click()
    expect(stranger.locator(".public-road .here")).to_contain_text("公示")
    expect(stranger.get_by_text("孙*")).to_be_visible()
    look(stranger, "follow-phone")
    stranger.goto("/open/publicity/")
    expect(stranger.get_by_text("孙例甲")).to_have_count(0)
    look(stranger, "publicity-phone")
    stranger.get_by_role("link", name="提出异议").click()
    for label, value in (("姓名", "示例邻居"), ("联系方式", "13900000000"), ("异议的事实", "他在邻县有一套住房")):
        stranger.get_by_label(label).fill(value)
    look(stranger, "objection-phone")
    stranger.get_by_role("button", name="提交").click()
    expect(stranger.get_by_text("异议已收到")).to_be_visible()


def answered(clerk: Page, case: str) -> None:
    """The objection is looked into and answered in writing."""
    clerk.goto(case)
    clerk.locator("summary", has_text="书面答复").click()
    clerk.get_by_label("答复", exact=True).fill("经不动产登记机构核实，不属实")
    clerk.locator("details[open]").get_by_role("button", name="答复").click()
    expect(clerk.get_by_text("经不动产登记机构核实，不属实").first).to_be_visible()


def waits(clerk: Page, leader: Page, case: str) -> None:
    """Nobody objected; approved and on the line the same minute."""
    clerk.goto(case)
    clerk.get_by_role("button", name="公示无异议").click()
    leader.goto(case)
    leader.get_by_role("button", name="审定并登记轮候").click()
    expect(leader.get_by_text("已办理。")).to_be_visible()
    clerk.goto("/housing/line/")
    expect(clerk.get_by_text("孙例甲")).to_be_visible()


def look(page: Page, name: str) -> None:
    """Keep a picture when somebody wants to look (ANJU_PICTURES is a folder); nothing may stick out sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1, f"{name} sticks out by {wide} px"
    if folder := os.environ.get("ANJU_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"let-{name}.png"), full_page=True)


def planned(clerk: Page) -> str:
    clerk.goto("/housing/rounds/")
    clerk.get_by_role("link", name="拟订配租方案").click()
    texts = {
        "批次编号": "PZ2026-01", "名称": "2026年第一批公租房配租", "方案文号": "示例房发〔2026〕1号", "供应对象": "轮候家庭",
        "租金标准": "每月每平方米3.50元", "公证或见证方": "示例县公证处", "公开事件": EVENT,
    }  # fmt: skip
    for label, text in texts.items():
        clerk.get_by_label(label, exact=False).first.fill(text)
    clerk.locator("#intention_until").fill(str(START + timedelta(days=1)))
    clerk.locator("#event_on").fill(str(START + timedelta(days=3)))
    clerk.locator("#group-1").fill("残疾家庭")
    clerk.locator('input[name="priorities-1"][value="disabled"]').check()
    clerk.locator("#group-2").fill("其他家庭")
    clerk.get_by_role("button", name="拟订", exact=True).click()
    expect(clerk.get_by_role("heading", name="2026年第一批公租房配租")).to_be_visible()
    return clerk.url


def check_as_a_citizen(page: Page, tmp_path: Path) -> str:
    """Download what is published and run the verifier on it."""
    page.get_by_text("自己核对一遍").click()
    names = []
    for link in ("下载核对程序", "下载名单文件", "下载结果文件"):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        names.append(tmp_path / download.value.suggested_filename)
        download.value.save_as(names[-1])
    digest = page.locator(".public-digest").inner_text().split()[-1]
    command = [sys.executable, "-I", "-S", *map(str, names), "--digest", digest]
    return subprocess.run(command, capture_output=True, check=False, env={"PYTHONUTF8": "1"}).stdout.decode()


def choose(clerk: Page, position: int, button: str, why: str = "") -> None:
    expect(clerk.get_by_role("heading", name=f"第 {position} 位选房")).to_be_visible()
    if why:
        clerk.get_by_label("放弃原因").fill(why)
    clerk.get_by_role("button", name=button, exact=True).click()


def announced(clerk: Page, leader: Page) -> str:
    """The plan is published and three households take part."""
    address = planned(clerk)
    expect(clerk.get_by_role("button", name="公布方案")).to_have_count(0)
    leader.goto(address)
    leader.get_by_role("button", name="公布方案").click()
    clerk.goto(address)
    clerk.locator("#entry").select_option(index=[0, 1, 2])
    clerk.get_by_role("button", name="登记意向").click()
    for left in (2, 1, 0):
        clerk.locator("li", has_text="待复核").get_by_role("button", name="符合", exact=True).first.click()
        expect(clerk.locator("li", has_text="待复核")).to_have_count(left)
    return address


def frozen(leader: Page, stranger: Page, address: str) -> None:
    """The digest is public before the seed exists; nothing is drawn before the event."""
    leader.goto(address)
    leader.get_by_role("button", name="封存名单").click()
    stranger.goto("/open/letting/")
    stranger.get_by_role("link", name="2026年第一批公租房配租").click()
    expect(stranger.locator(".public-digest")).to_contain_text("SHA-256")
    expect(stranger.get_by_text("还没有摇号")).to_be_visible()
    draw(leader)
    expect(leader.get_by_text("还没有到公开事件的日期")).to_be_visible()


def draw(leader: Page) -> None:
    for label, text in (("公开事件的结果", "04 11 18 20 26 32 + 05"), ("种子凭证", "示例彩票官网公告"), ("公证或见证人", "公证员 示例")):
        leader.get_by_label(label).fill(text)
    leader.get_by_role("button", name="摇号", exact=True).click()


def drawn(leader: Page, clerk: Page, stranger: Page, address: str, tmp_path: Path) -> None:
    """Drawn after the event; a citizen computes the same order; choosing waits for the publicity of the result."""
    leader.goto(address)
    draw(leader)
    expect(leader.get_by_role("heading", name="摇号结果")).to_be_visible()
    stranger.reload()
    assert check_as_a_citizen(stranger, tmp_path).startswith("一致：3 名")
    expect(stranger.get_by_text("孙**").first).to_be_visible()  # of the group that is drawn first
    clerk.goto(address)
    clerk.get_by_role("button", name="公示结果").click()
    clerk.get_by_role("button", name="开始选房").click()
    expect(clerk.get_by_text("公示期满后开始选房")).to_be_visible()


def chosen_and_signed(clerk: Page, address: str) -> str:
    """One takes a home, one refuses, one is absent; the lease is signed within five years."""
    clerk.goto(address)
    clerk.get_by_role("button", name="开始选房").click()
    choose(clerk, 1, "选定")
    choose(clerk, 2, "放弃选房", "离单位太远")
    choose(clerk, 3, "未到场")
    clerk.get_by_role("link", name="签约").click()
    for name, value in (("lease_no", "ZL2026-1"), ("deposit", "1000"), ("fittings", "简装，水电表完好")):
        clerk.locator(f"#{name}").fill(value)
    clerk.locator("#starts_on").fill("2026-04-01")
    clerk.locator("#ends_on").fill("2031-04-01")
    clerk.get_by_role("button", name="签约").click()
    expect(clerk.get_by_text("租期超过5年")).to_be_visible()
    clerk.locator("#ends_on").fill("2031-03-31")
    clerk.get_by_role("button", name="签约").click()
    expect(clerk.get_by_text("已签订租约 ZL2026-1")).to_be_visible()
    return clerk.url


def billed_and_paid(clerk: Page, lease: str) -> None:
    """The first month is billed and paid, and the home visited."""
    clerk.goto("/housing/leases/")
    clerk.get_by_label("月份").fill("2026-04")
    clerk.get_by_role("button", name="出账").click()
    expect(clerk.get_by_text("已出账 1 张")).to_be_visible()
    clerk.goto(lease)
    clerk.get_by_label("缴款金额（元）").fill("200")
    clerk.get_by_label("票据号").fill("FS2026-1")
    clerk.get_by_role("button", name="收缴租金").click()
    expect(clerk.get_by_text("缴款多于欠缴租金111.72元")).to_be_visible()
    clerk.get_by_label("缴款金额（元）").fill("111.72")
    clerk.get_by_label("票据号").fill("FS2026-1")
    clerk.get_by_role("button", name="收缴租金").click()
    expect(clerk.get_by_text("FS2026-1")).to_be_visible()
    clerk.get_by_label("巡查情况").fill("已入住，水表 12 吨")
    clerk.get_by_role("button", name="登记巡查").click()
    expect(clerk.get_by_text("已入住，水表 12 吨")).to_be_visible()
    look(clerk, "lease")
    clerk.locator("p").get_by_role("link").first.click()
    clerk.set_viewport_size({"width": 390, "height": 844})
    for summary in ("资产", "住房", "违规处理"):
        clerk.locator("summary", has_text=summary).click()
    look(clerk, "household-phone")
    clerk.goto("/housing/households/new/")
    look(clerk, "new-phone")


def test_from_the_application_to_the_first_rent(
    open_page: Callable[..., Page], village: Village, on_day: Callable[[int], date], tmp_path: Path
) -> None:
    clerk, leader, stranger = name_of(village.clerk), name_of(village.leader), open_page(None, phone=True)
    street, reviewer = name_of(village.town.street), name_of(village.reviewer)
    on_day(-26)
    case, number, code = received(open_page(clerk))
    on_day(-25)
    reviewed_by_the_street(open_page(street), case)
    on_day(-24)
    checked_and_returned(open_page(reviewer), case)
    reviewed_by_the_street(open_page(street), case)
    second = open_page(reviewer)
    second.goto(case)
    agreed(second)
    on_day(-23)
    published(open_page(clerk), case)
    followed_and_objected(stranger, number, code)
    answered(open_page(clerk), case)
    on_day(-4)
    waits(open_page(clerk), open_page(leader), case)
    on_day(0)
    address = announced(open_page(clerk), open_page(leader))
    on_day(2)
    frozen(open_page(leader), stranger, address)
    on_day(3)
    drawn(open_page(leader), open_page(clerk), stranger, address, tmp_path)
    on_day(11)
    office = open_page(clerk)
    lease = chosen_and_signed(office, address)
    billed_and_paid(office, lease)


def test_a_home_is_exchanged_given_back_and_its_deposit_settled(
    open_page: Callable[..., Page], village: Village, on_day: Callable[[int], date]
) -> None:
    with using_scope(Scope.system()):
        lease = village.lease(7)
        empty = LettingUnit.objects.filter(state="vacant").latest("pk")
    on_day(0)
    office = open_page(name_of(village.reviewer))
    office.goto(f"/housing/leases/{lease.pk}/")
    office.get_by_label("换到空置房源").select_option(str(empty.pk))
    office.get_by_label("新合同编号", exact=False).first.fill("ZL2026-H")
    office.get_by_label("理由和同意的文号").fill("行动不便换低楼层，示例住保函〔2026〕8号")
    look(office, "exchange-form")
    office.set_viewport_size({"width": 390, "height": 844})
    look(office, "exchange-form-phone")
    office.get_by_role("button", name="调换", exact=True).click()
    expect(office.locator("h1 + p")).to_contain_text("ZL2026-H")
    look(office, "exchanged-phone")
    today = on_day(6)
    with using_scope(Scope.system()):
        further = Lease.objects.get(lease_no="ZL2026-H")
        assert (further.unit_id, further.deposit) == (empty.pk, lease.deposit)
        leaving.begin(further, "own_wish", on=today, by=village.clerk)
        leaving.finish(further, on=today, by=village.clerk)
    clerk = open_page(name_of(village.clerk))
    clerk.goto(f"/housing/leases/{further.pk}/")
    look(clerk, "settlement-form")
    clerk.get_by_label("抵扣损坏（元）").fill("300")
    clerk.get_by_role("button", name="结算", exact=True).click()
    expect(clerk.get_by_text("抵扣损坏须写明损坏情况").first).to_be_visible()
    clerk.set_viewport_size({"width": 390, "height": 844})
    look(clerk, "settlement-form-phone")
    expect(clerk.get_by_label("抵扣损坏（元）")).to_have_value("300")
    clerk.get_by_label("损坏情况").fill("更换入户门锁")
    clerk.get_by_role("button", name="结算", exact=True).click()
    expect(clerk.get_by_text("700.00")).to_be_visible()
    look(clerk, "settled-phone")
    with using_scope(Scope.system()):
        assert further.settlement.returned == 70_000

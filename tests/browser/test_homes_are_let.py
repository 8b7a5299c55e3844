"""公租房配租 before a clerk, a leader and a citizen: plan, intentions, frozen list, ballot, a home, a lease, the first rent."""

from __future__ import annotations

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
        for number in (1, 2, 3):
            made.waits(number, on=date(2026, 2, 1) + timedelta(days=number), group="disabled" if number == 2 else "")
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


def test_from_the_plan_to_the_first_rent(
    open_page: Callable[..., Page], village: Village, on_day: Callable[[int], date], tmp_path: Path
) -> None:
    clerk, leader, stranger = name_of(village.clerk), name_of(village.leader), open_page(None, phone=True)
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

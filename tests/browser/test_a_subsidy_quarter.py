"""A subsidy quarter in front of four people: drafted, reviewed, approved, to the bank and back with two failed rows, paid again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from anju.domains.housing.payments.tests.town import Town, make_town
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.orgs.models import Staff
from anju.testing.browser import LiveSite

pytestmark = pytest.mark.browser


@pytest.fixture
def town(live_site: LiveSite) -> Town:
    with using_scope(Scope.system()):
        made = make_town()
        for number in range(1, 6):
            made.household(number, persons=1 + number % 3, tier=2 + number % 2, income=120_000)
    return made


def sign_in_of(person: Actor) -> str:
    with using_scope(Scope.system()):
        return str(Staff.objects.select_related("user").get(pk=person.staff_id or 0).user.username)


def _answer(sent: Path, answer: Path, *, failing: int) -> Path:
    lines = sent.read_text(encoding="utf-8").splitlines()[1:]
    told = ["发放编号,金额,结果,原因"]
    for place, line in enumerate(lines):
        cells = line.split(",")
        told.append(f"{cells[0]},{cells[4]},{'9001,账号已销户' if place < failing else '0000,'}")
    answer.write_text("\n".join(told), encoding="utf-8")
    return answer


def _to_the_bank(cashier: Page, address: str, tmp_path: Path, *, failing: int, serial: str) -> None:
    cashier.goto(address)
    with cashier.expect_download() as download:
        cashier.get_by_role("button", name="导出银行文件").click()
    sent = tmp_path / f"{serial}.csv"
    download.value.save_as(sent)
    cashier.goto(address)
    cashier.get_by_label("流水号").fill(serial)
    cashier.get_by_label("回盘文件").set_input_files(_answer(sent, tmp_path / f"{serial}-answer.csv", failing=failing))
    cashier.get_by_role("button", name="收取回盘").click()
    expect(cashier.get_by_text(f"失败 {failing} 笔")).to_be_visible()


def test_a_quarter_from_approval_to_bank_return_with_two_failed_rows(open_page: Callable[..., Page], town: Town, tmp_path: Path) -> None:
    clerk, reviewer, leader, cashier = (open_page(sign_in_of(who)) for who in (town.clerk, town.reviewer, town.leader, town.cashier))
    clerk.goto("/housing/batches/")
    clerk.get_by_label("发放期间").fill("2023-Q2")
    clerk.get_by_role("button", name="测算并编制批次").click()
    expect(clerk.get_by_role("heading", name="住房租赁补贴 2023-Q2")).to_be_visible()
    address = clerk.url
    assert clerk.get_by_role("button", name="复核通过").count() == 0

    reviewer.goto(address)
    reviewer.get_by_role("button", name="复核通过").click()
    expect(reviewer.get_by_text("批次现在是“已复核”")).to_be_visible()
    leader.goto(address)
    leader.get_by_role("button", name="批准").click()
    expect(leader.get_by_text("当年补贴应在12月25日前发放完毕")).to_be_visible()
    leader.get_by_label("逾期理由").fill("示例：补办上年度发放")
    leader.get_by_role("button", name="批准").click()
    expect(leader.get_by_text("批次现在是“已批准”")).to_be_visible()

    _to_the_bank(cashier, address, tmp_path, failing=2, serial="HP2023Q2")
    expect(cashier.get_by_text("账号已销户")).to_have_count(2)
    clerk.goto(address)
    clerk.get_by_role("button", name="补发 2 笔失败行").click()
    expect(clerk.get_by_text("补发自")).to_be_visible()
    again = clerk.url
    reviewer.goto(again)
    reviewer.get_by_role("button", name="复核通过").click()
    leader.goto(again)
    leader.get_by_label("逾期理由").fill("示例：补发失败的两户")
    leader.get_by_role("button", name="批准").click()
    _to_the_bank(cashier, again, tmp_path, failing=0, serial="HP2023Q2B")
    expect(cashier.locator("li.now")).to_have_text("全部到账")
    cashier.goto(address)
    cashier.get_by_role("button", name="办结").click()
    expect(cashier.get_by_text("批次现在是“已办结”")).to_be_visible()


def test_a_household_reads_why_it_gets_what_it_gets(open_page: Callable[..., Page], town: Town) -> None:
    town.run_quarter()
    page = open_page(sign_in_of(town.clerk), phone=True)
    page.goto("/housing/households/?q=ZL0002")
    page.get_by_role("link", name="ZL0002").click()
    expect(page.get_by_role("heading", name="为什么是这个数")).to_be_visible()
    expect(page.get_by_text("减去自有住房 0㎡，不低于零，不超过 60㎡")).to_be_visible()
    expect(page.get_by_text(re.compile("990121[*]{8}"))).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

"""A fund clerk and a chief in front of the pages: an account, a withdrawal refused and then granted, the bank, the maintenance fund."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from anju.domains.funds import actions
from anju.domains.funds.actions import maintenance
from anju.domains.funds.actions.maintenance.deposits import Home
from anju.domains.funds.tests.conftest import Escrow, M, open_escrow
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.accounts.reconciling import actions as reconciling
from anju.kernel.accounts.reconciling.lines import Statement, StatementLine
from anju.kernel.orgs.models import Bureau, Staff
from anju.testing.browser import LiveSite
from anju.testing.factories import make_actor

pytestmark = pytest.mark.browser
DAY = datetime.date(2023, 3, 1)
People = tuple[Escrow, list[str]]
SHOTS = os.environ.get("ANJU_SHOTS", "")


@pytest.fixture
def people(live_site: LiveSite) -> People:
    """An escrow with some history; the user names of its clerk, its chief, the bank's and the site's reviewer."""
    with using_scope(Scope.system()):
        bureau = Bureau.objects.get(code="dongyuan")
        clerk, chief = make_actor(bureau, "fund_clerk"), make_actor(bureau, "fund_chief")
        seats = (clerk, chief, make_actor(bureau, "fund_clerk"), make_actor(bureau, "fund_clerk"))
        names = [Staff.objects.select_related("user").get(pk=one.staff_id).user.username for one in seats]
    with using_scope(clerk.scope):
        escrow = open_escrow(clerk, chief)
        day = DAY
        for number, fen in enumerate((20, 25, 30, 10), start=1):
            payment = actions.inflows.Payment(fen * M, day, f"B{number}", "例某", source="bank")
            told = {"contract_no": f"示东网2023{number:06d}", "buyer": "例某", "kind": "lump", "by": clerk}
            actions.receive_for_contract(escrow.building, payment, **told)
            day += datetime.timedelta(days=9)
        _statement(escrow, [(DAY + datetime.timedelta(days=9 * n), fen) for n, fen in enumerate((20, 25, 30, 10))])
        _homes(escrow)
    return escrow, names


def _statement(escrow: Escrow, came: list[tuple[datetime.date, int]]) -> None:
    running, lines = 0, []
    for number, (on, fen) in enumerate([*came, (came[-1][0], -1)], start=1):
        running += fen * M
        lines.append(StatementLine(f"B{number}", on, fen * M, running, "例某", "1234", "购房款" if fen > 0 else "账户管理费"))
    told = Statement(came[0][0], came[-1][0], 0, tuple(lines), "对账单.xlsx")
    reconciling.take_in_statement(escrow.agreement.bank_account, told, by=escrow.clerk)


def _homes(escrow: Escrow) -> None:
    area = maintenance.open_area(name="示例花园", bank="示例银行", account_no="62270001", by=escrow.clerk)
    for number in range(1, 13):
        building = "1幢" if number < 8 else "2幢"
        home = Home(building, f"{number}01", Decimal("88.36") + number, "lift", f"业主例{number}", f"p{number}")
        unit = maintenance.open_unit(area, home, on=DAY, by=escrow.clerk)
        if number % 5:
            maintenance.deposit(unit, unit.first_due_fen, on=DAY, serial_no=f"D{number}", by=escrow.clerk)


def shot(page: Page, name: str) -> None:
    """Keep the picture when somebody wants to look."""
    if SHOTS:
        page.wait_for_timeout(400)
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def test_a_withdrawal_is_refused_and_granted_after_the_next_node(people: People, open_page: Callable[..., Page]) -> None:
    escrow, (clerk_name, chief_name, bank_name, site_name) = people
    clerk = open_page(clerk_name)
    clerk.goto("/funds/escrow/")
    shot(clerk, "agreements")
    clerk.get_by_role("link", name="示例楼盘1").click()
    expect(clerk.get_by_text("与银行不符")).to_be_visible()
    shot(clerk, "agreement")
    clerk.goto("/funds/reconciliation/")
    expect(clerk.get_by_text("银行已记、账上未记")).to_be_visible()
    shot(clerk, "reconciliation")
    clerk.goto(f"/funds/reconciliation/{escrow.agreement.bank_account_id}/")
    shot(clerk, "reconciliation-account")
    with using_scope(escrow.clerk.scope):
        _settle(escrow)
    apply(clerk, escrow, "ZQ1", "16000000")
    expect(clerk.get_by_text("超出可用余额")).to_be_visible()
    shot(clerk, "refused")
    chief = open_page(chief_name)
    chief.goto(f"/funds/buildings/{escrow.building.pk}/node/")
    chief.get_by_label("达到的节点").select_option("ground")
    chief.get_by_label("证明编号").fill("监理证明1号")
    chief.get_by_label("达到日期").fill("2023-04-03")
    chief.get_by_role("button", name="确认达到").click()
    expect(chief.get_by_text("节点已核验")).to_be_visible()
    apply(clerk, escrow, "ZQ1", "16000000")
    expect(clerk.get_by_text("申请金额已预留")).to_be_visible()
    asked = clerk.url
    shot(clerk, "withdrawal")
    decided(clerk, open_page(bank_name), open_page(site_name), chief)
    clerk.goto(asked)
    clerk.get_by_label("银行流水号").fill("P1")
    clerk.get_by_label("付款日期").fill("2023-04-04")
    clerk.get_by_role("button", name="登记拨付").click()
    expect(clerk.get_by_text("已登记拨付")).to_be_visible()
    clerk.goto(f"/funds/buildings/{escrow.building.pk}/")
    expect(clerk.get_by_role("heading", name="余额与须留存")).to_be_visible()
    clerk.wait_for_selector("[data-chart] svg, [data-chart] canvas")
    shot(clerk, "building")


def test_on_a_phone(people: People, open_page: Callable[..., Page]) -> None:
    escrow, (clerk_name, *_) = people
    phone = open_page(clerk_name, phone=True)
    for name, address in (
        ("agreements", "/funds/escrow/"), ("building", f"/funds/buildings/{escrow.building.pk}/"),
        ("reconciliation", "/funds/reconciliation/"), ("areas", "/funds/maintenance/"),
    ):  # fmt: skip
        phone.goto(address)
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= 392, f"{address} is {width} px wide"
        shot(phone, f"phone-{name}")
    phone.get_by_role("link", name="示例花园").click()
    expect(phone.get_by_text("首期未交").first).to_be_visible()
    shot(phone, "phone-area")
    office = open_page(clerk_name)
    office.goto(phone.url)
    shot(office, "area")


def _settle(escrow: Escrow) -> None:
    """The bank's fee is booked by a person: a further transfer out of interest received, then matched."""
    from anju.kernel.accounts.posting import Move, post
    from anju.kernel.accounts.reconciling.models import BankLine
    from anju.kernel.journal.actions import action

    agreement, on = escrow.agreement, DAY + datetime.timedelta(days=27)
    with action("testing.fee", by=escrow.clerk):
        post([Move(agreement.bank_account_id, agreement.interest_account_id, 1 * M, "funds.interest", on, "fee-in")])
        fee = post([Move(agreement.interest_account_id, agreement.bank_account_id, 1 * M, "accounts.correction", on, "fee-out")]).id
    line = BankLine.objects.get(account=agreement.bank_account, amount_fen=-1 * M)
    reconciling.match_by_hand(agreement.bank_account, lines=[line.pk], transfers=[fee], note="账户管理费", by=escrow.clerk)
    running = 84 * M
    told = (StatementLine("B6", on + datetime.timedelta(days=1), 1 * M, running + 1 * M, "示例银行", "", "退回管理费"),)
    reconciling.take_in_statement(agreement.bank_account, Statement(told[0].on, told[0].on, running, told, "对账单2.xlsx"), by=escrow.clerk)


def decided(clerk: Page, bank: Page, site: Page, chief: Page) -> None:
    """The case of the withdrawal: accepted, reviewed by bank and site side by side, decided by the chief."""
    clerk.get_by_role("link", name="打开办件").click()
    expect(clerk.get_by_text("已扣除在途和本笔")).to_be_visible()
    case = clerk.url
    clerk.get_by_role("button", name="受理", exact=True).click()
    expect(clerk.get_by_text("并联审查").first).to_be_visible()
    for page, step in ((bank, "监管银行预审"), (site, "节点核查")):
        page.goto(case)
        page.get_by_role("region", name=step).get_by_role("button", name="同意", exact=True).click()
        expect(page.get_by_text("已办理")).to_be_visible()
    chief.goto(case)
    shot(chief, "withdrawal-case")
    chief.set_viewport_size({"width": 390, "height": 844})
    shot(chief, "withdrawal-case-phone")
    chief.set_viewport_size({"width": 1366, "height": 768})
    chief.get_by_role("button", name="核准支取").click()
    expect(chief.get_by_text("已办理")).to_be_visible()


def apply(page: Page, escrow: Escrow, number: str, amount: str) -> None:
    """Fill the form of an application and send it."""
    page.goto(f"/funds/buildings/{escrow.building.pk}/withdraw/")
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("申请金额").fill(amount)
    page.get_by_role("textbox", name="发票").fill("发票0001")
    page.get_by_label("收款单位").select_option(label="示例建工有限公司 · SG001")
    page.get_by_label("申请日期").fill("2023-04-03")
    for paper in ("支取申请表", "施工或采购合同", "发票", "工程节点证明"):
        page.get_by_role("checkbox", name=paper).check()
    page.get_by_role("button", name="提交申请").click()

"""A case by hand: received at the counter, reviewed, returned once, published; every page is looked at on both windows."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases import actions
from anju.kernel.cases.models import Case
from anju.kernel.orgs.models import Staff
from anju.testing.browser import OFFICE_MONITOR, PHONE, serve, session_of
from anju.testing.cases import Office
from anju.testing.factories import make_bureau, make_city
from anju.testing.matters import matters_for_test

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Counter:
    """A bureau with a site in front of it."""

    url: str
    office: Office


@pytest.fixture
def counter(fresh_db: str) -> Iterator[Counter]:
    with matters_for_test(), using_scope(Scope.system()):
        make_city()
        office = Office.of(make_bureau("dongyuan", "990121"))
        for url in serve():
            yield Counter(url, office)


@pytest.fixture
def sit_down(chromium: Browser, counter: Counter) -> Iterator[Callable[..., Page]]:
    """`sit_down(actor, phone=False)`: a window in which this person is signed in."""
    contexts, troubles = [], []

    def opened(actor: Actor, *, phone: bool = False) -> Page:
        context = chromium.new_context(base_url=counter.url, viewport=PHONE if phone else OFFICE_MONITOR, locale="zh-CN", has_touch=phone)
        contexts.append(context)
        context.set_default_timeout(60_000)
        with using_scope(Scope.system()):
            name = Staff.objects.select_related("user").get(pk=actor.staff_id or 0).user.username
        context.add_cookies([{"name": "sessionid", "value": session_of(name), "url": counter.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles, troubles


def _look(page: Page, name: str) -> None:
    """Keep a picture when somebody wants to look (ANJU_PICTURES is a folder); nothing may stick out sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1, f"{name} sticks out by {wide} px"
    folder = os.environ.get("ANJU_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_from_the_counter_to_publicity(counter: Counter, sit_down: Callable[..., Page]) -> None:
    number = _receive_and_accept(sit_down(counter.office.clerks[0]))
    _review(sit_down(counter.office.clerks[1]))
    with using_scope(Scope.system()):
        for step, clerk in zip(("police", "civil", "registry"), counter.office.clerks[2:5], strict=True):
            actions.decide(number, step, "agree", by=clerk)
    _return_once_and_pass(counter.office, sit_down(counter.office.reviewers[0]), number)
    publish = sit_down(counter.office.clerks[5])
    publish.goto(f"/cases/{number}/")
    publish.get_by_role("button", name="发布公示").click()
    expect(publish.get_by_text("公示中", exact=True)).to_be_visible()
    expect(publish.get_by_text("期满次日起才能办理")).to_be_visible()
    _look(publish, "publicity")
    phone = sit_down(counter.office.reviewers[1], phone=True)
    phone.goto(f"/cases/{number}/")
    _look(phone, "case-phone")


def _receive_and_accept(desk: Page) -> int:
    desk.goto("/cases/new/sample_grant/")
    desk.get_by_label("申请人", exact=False).nth(1).fill("示例甲")
    for paper in ("申请表", "核查授权书"):
        desk.get_by_label(paper, exact=False).check()
    _look(desk, "new")
    desk.get_by_role("button", name="收件").click()
    expect(desk.get_by_text("查询码", exact=True)).to_be_visible()
    _look(desk, "receipt")
    desk.get_by_role("link", name="打开办件").click()
    desk.get_by_role("button", name="受理", exact=True).click()
    expect(desk.get_by_text("必需的材料还没有交：收入证明")).to_be_visible()
    _look(desk, "refused")
    desk.get_by_role("button", name="容缺").click()
    expect(desk.get_by_text("已记容缺承诺")).to_be_visible()
    desk.get_by_role("button", name="受理", exact=True).click()
    expect(desk.get_by_text("已办理。")).to_be_visible()
    _look(desk, "accepted")
    return int(desk.url.rstrip("/").rsplit("/", 1)[1])


def _review(review: Page) -> None:
    """Enter sends nothing, and a draft outlives the window."""
    review.goto("/tasks/")
    _look(review, "tasks")
    review.get_by_role("link", name="示例甲").click()
    review.get_by_label("初审意见").fill("材料真实，符合条件")
    review.get_by_label("初审意见").press("Enter")
    expect(review.get_by_role("button", name="报复审")).to_be_visible()
    review.reload()
    expect(review.get_by_label("初审意见")).to_have_value("材料真实，符合条件")
    review.get_by_role("button", name="报复审").click()
    expect(review.get_by_text("已办理。")).to_be_visible()


def _return_once_and_pass(office: Office, second: Page, number: int) -> None:
    second.goto(f"/cases/{number}/")
    second.get_by_role("button", name="发起核查").click()
    second.get_by_text("登记结果").click()
    second.get_by_role("button", name="登记", exact=True).click()
    expect(second.get_by_text("已登记核查结果。")).to_be_visible()
    second.locator("summary", has_text="退回").click()
    second.get_by_label("退回到").select_option("first_review")
    second.get_by_label("要改什么").fill("初审意见太简单")
    _look(second, "returning")
    second.locator("form", has=second.get_by_label("退回到")).get_by_role("button", name="退回").click()
    expect(second.get_by_text("已办理。")).to_be_visible()
    with using_scope(Scope.system()):
        assert Case.objects.get(pk=number).stage == "first_review"
        actions.decide(number, "first_review", "agree", data={"opinion": "已补充"}, by=office.clerks[1])
    second.reload()
    second.get_by_role("button", name="同意").click()
    expect(second.get_by_role("button", name="同意")).to_have_count(0)


def test_the_lists_order_by_the_legal_clock(counter: Counter, sit_down: Callable[..., Page]) -> None:
    office, today = counter.office, datetime.datetime.now(tz=datetime.UTC)
    with using_scope(Scope.system()):
        for days, name in ((40, "示例久"), (6, "示例近"), (0, "示例新")):
            actions.open_case(
                "sample_grant",
                applicant=actions.Applicant(name, phone="13900000000"),
                materials=("application", "consent", "income_proof"),
                by=office.clerks[0],
                at=today - datetime.timedelta(days=days),
            )
    page = sit_down(office.clerks[2])
    page.goto("/tasks/")
    expect(page.locator("td.who").first).to_have_text("示例久")
    expect(page.get_by_text("已逾期 ")).to_be_visible()
    _look(page, "tasks-overdue")
    page.get_by_role("button", name="接办").first.click()
    expect(page.get_by_text("已接办。")).to_be_visible()
    for address, name in (("/tasks/queue/", "queue"), ("/tasks/overdue/", "overdue"), ("/cases/mine/", "mine"), ("/cases/", "cases"),
                          ("/tasks/delegations/", "delegations"), ("/cases/new/", "choose"), ("/", "today")):  # fmt: skip
        page.goto(address)
        _look(page, name)
    page.goto("/search/?q=" + "示例久")
    expect(page.get_by_role("link", name="SG", exact=False).first).to_be_visible()
    phone = sit_down(office.clerks[2], phone=True)
    for address, name in (("/tasks/", "tasks-phone"), ("/cases/", "cases-phone"), ("/cases/new/sample_grant/", "new-phone")):
        phone.goto(address)
        _look(phone, name)

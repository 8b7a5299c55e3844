"""The administrators put somebody in post with a role, a key is made and revoked, a book is closed and opened again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
CLOSED = "已封账至2023年6月30日"


def test_somebody_is_hired_granted_and_signs_in_and_a_book_is_closed(open_page: Callable[..., Page]) -> None:
    administrator = open_page("dongyuan-system")
    administrator.goto("/")
    administrator.get_by_role("link", name="机构与人员").click()
    administrator.get_by_role("link", name="人员上岗").click()
    administrator.get_by_label("姓名").fill("周例新")
    administrator.get_by_label("登录名").fill("zhou")
    administrator.get_by_label("股室").select_option(label="市场管理股")
    administrator.get_by_role("button", name="上岗").click()
    expect(administrator.get_by_role("heading", name="周例新已上岗")).to_be_visible()
    password = administrator.locator("code.shown-once").inner_text()
    administrator.get_by_role("link", name="看人员").click()
    expect(administrator.get_by_text("还没有角色")).to_be_visible()
    expect(administrator.get_by_role("button", name="授予")).to_have_count(0)

    security = open_page("dongyuan-security", phone=True)
    security.goto("/people/?q=周例新")
    assert security.evaluate("document.documentElement.scrollWidth") <= 390
    security.get_by_role("link", name="周例新").click()
    security.get_by_label("角色").select_option("reviewer")
    security.get_by_label("理由").fill("接手网签台账")
    security.get_by_role("button", name="授予").click()
    expect(security.locator(".notice.done")).to_contain_text("已授予周例新“复核人”")
    security.get_by_label("角色").select_option("city_reader")
    security.get_by_role("button", name="授予").click()
    security.get_by_role("listitem").filter(has_text="市级查阅").get_by_text("收回", exact=True).click()
    assert security.evaluate("document.documentElement.scrollWidth") <= 390
    security.get_by_role("button", name="确认收回市级查阅").click()
    expect(security.locator(".notice.done")).to_contain_text("已收回")

    zhou = open_page(user=None)
    zhou.goto("/ledgers/sale_contract/")
    zhou.get_by_label("用户名").fill("zhou")
    zhou.get_by_label("密码").fill(password)
    zhou.get_by_role("button", name="登录").click()
    zhou.get_by_role("link", name="封账", exact=True).click()
    zhou.get_by_label("封到哪一天").fill("2023-06-30")
    zhou.get_by_label("封账理由").fill("上半年报告已定稿")
    zhou.get_by_role("button", name="下一步：核对封账").click()
    expect(zhou.get_by_text("将封账至2023年6月30日")).to_contain_text("条记录不能再修改或作废")
    zhou.get_by_role("button", name="确认封账").click()
    expect(zhou.locator(".closed-note")).to_contain_text(CLOSED)

    reader = open_page("dongyuan-leader")
    reader.goto("/ledgers/sale_contract/")
    expect(reader.locator(".closed-note")).to_contain_text(CLOSED)
    expect(reader.get_by_role("link", name="封账", exact=True)).to_have_count(0)

    zhou.get_by_role("link", name="封账", exact=True).click()
    zhou.get_by_label("开账理由").fill("更正一份合同")
    zhou.get_by_role("button", name="下一步：核对开账").click()
    expect(zhou.get_by_text("将全部开账")).to_be_visible()
    zhou.get_by_role("button", name="确认开账").click()
    expect(zhou.locator(".notice.done")).to_contain_text("已全部开账")
    expect(zhou.locator(".closed-note")).to_have_count(0)


def test_a_key_is_made_shown_once_and_revoked(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")
    page.locator(".who-name").click()
    page.get_by_role("link", name="接口密钥").click()
    page.get_by_label("用途").fill("统计平台每月取数")
    page.get_by_label("有效期").select_option("90")
    page.get_by_role("button", name="申请").click()
    secret = page.locator("code.shown-once").inner_text()
    bearer = {"Authorization": f"Bearer {secret}"}
    assert page.request.get("/api/ledgers", headers=bearer).status == 200
    page.goto("/keys/")
    expect(page.locator("code.shown-once")).to_have_count(0)
    page.get_by_role("button", name="停用“统计平台每月取数”").click()
    expect(page.locator(".notice.done")).to_contain_text("密钥已停用")
    assert page.request.get("/api/ledgers", headers=bearer).status == 401
    link = page.get_by_role("link", name="接口说明")
    assert page.request.get(link.get_attribute("href") or "").json()["openapi"].startswith("3.")


def test_the_pages_fit_a_phone_and_every_control_has_a_name(open_page: Callable[..., Page]) -> None:
    for user, addresses in (
        ("dongyuan-system", ("/people/", "/people/new/", "/people/departments/new/")),
        ("demo", ("/keys/", "/ledgers/sale_contract/closing/")),
    ):
        page = open_page(user, phone=True)
        for address in addresses:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
            assert page.locator("main h1").count() == 1, address
            nameless = page.evaluate(
                """() => [...document.querySelectorAll('input:not([type=hidden]), select, button, a[href]')]
                    .filter((one) => one.checkVisibility() && !one.labels?.length)
                    .filter((one) => !one.ariaLabel && !one.title && !one.textContent.trim())
                    .map((one) => one.outerHTML.slice(0, 120))"""
            )
            assert nameless == [], address

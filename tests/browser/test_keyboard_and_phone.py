"""The keyboard alone is enough; a phone shows every page without scrolling sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PAGES = (
    "/", "/areas/", "/ledgers/sale_contract/", "/ledgers/sale_contract/new/", "/ledgers/sale_contract/import/", "/imports/", "/figures/",
    "/figures/market.new_homes.amount/", "/reports/", "/reports/half_year/", "/reports/verify/", "/journal/", "/search/?q=东原",
)  # fmt: skip


def test_the_keyboard_alone_reaches_a_figure_and_comes_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/figures/?q=销售额")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(40):  # past the business areas
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a[data-drawer]')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("#drawer-body h1")).to_have_text(name)
    expect(page.locator("#drawer-body h1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent") == name
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("东城新苑")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="搜索“东城新苑”")).to_be_visible()


def test_the_period_is_switched_and_remembered(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")
    page.locator(".period summary").click()
    page.locator("button[value='2022H1']").click()
    page.goto("/figures/")
    expect(page.locator(".page-head")).to_contain_text("2022年上半年")


def test_a_phone_never_scrolls_sideways(open_page: Callable[..., Page]) -> None:
    page = open_page(phone=True)
    wide = []
    for address in PAGES:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(address)
    assert wide == []
    page.goto("/")
    page.get_by_role("button", name="导航").click()
    page.get_by_role("link", name="指标").click()
    expect(page.get_by_role("heading", name="指标", exact=True)).to_be_visible()


def test_every_control_has_a_name_and_every_page_a_title_and_one_heading(open_page: Callable[..., Page]) -> None:
    page = open_page()
    for address in PAGES:
        page.goto(address)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a[href]')]
                .filter((one) => one.checkVisibility() && !one.labels?.length && !one.ariaLabel && !one.title && !one.textContent.trim())
                .map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert nameless == [], address
        assert page.locator("main h1").count() in (1, 2), address
        assert page.title().endswith("安居"), address

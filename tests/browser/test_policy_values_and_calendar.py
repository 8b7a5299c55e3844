"""The office enters next year's days off from the notice, a reviewer a policy value; anybody counts a limit, on a phone too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
NOTICE = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）上班。"


def test_a_notice_a_value_and_a_limit(open_page: Callable[..., Page]) -> None:
    office = open_page()
    office.goto("/calendar/2026/")
    office.get_by_role("link", name="录入放假安排").click()
    office.get_by_label("发文字号").fill("示例办发明电〔2026〕9号")
    office.get_by_label("成文日期").fill("2025-12-01")
    office.get_by_label("正文").fill(NOTICE.replace("1月1日（周五）", "1月1日（周四）"))
    office.get_by_role("button", name="读出日期").click()
    expect(office.get_by_role("alert").first).to_contain_text("2027-01-01是周五，写的是周四")
    office.get_by_label("正文").fill(NOTICE)
    office.get_by_role("button", name="读出日期").click()
    expect(office.get_by_role("heading", name="2027年：读出 11 天")).to_be_visible()
    office.get_by_role("button", name="核对无误，录入").click()
    expect(office.locator(".notice.done")).to_contain_text("已录入示例办发明电〔2026〕9号，共11天")
    expect(office.locator('td[title^="2027-02-13"]')).to_have_class("on")

    office.get_by_role("link", name="政策参数").click()
    office.get_by_role("link", name="合同备案期限").click()
    office.get_by_role("link", name="录入新值").click()
    office.get_by_label("值").fill("20")
    office.get_by_label("起始日期").fill("2023-07-01")
    office.get_by_label("文号").fill("示例房发〔2023〕12号")
    office.get_by_label("理由").fill("本县缩短备案期限")
    office.get_by_role("button", name="录入新值").click()
    expect(office.locator(".notice.done")).to_contain_text("自2023-07-01起执行")
    expect(office.get_by_role("row", name="2023-07-01 起 现行")).to_contain_text("20日")

    phone = open_page("dongyuan-audit", phone=True)
    phone.goto("/calendar/reckon/")
    phone.get_by_label("起算日").fill("2026-12-28")
    phone.get_by_label("期限").fill("10")
    phone.get_by_role("button", name="推算").click()
    expect(phone.get_by_role("heading", name="最后一日：2027年1月12日")).to_be_visible()
    assert phone.get_by_role("listitem").filter(has_text="元旦放假").count() == 1


def test_the_pages_fit_a_phone_and_every_control_has_a_name(open_page: Callable[..., Page]) -> None:
    page = open_page(phone=True)
    for address in (
        "/calendar/2025/",
        "/calendar/2027/",
        "/calendar/notices/new/",
        "/calendar/reckon/?start=2025-09-26&count=7&unit=wd",
        "/parameters/",
        "/parameters/market.filing.limit_days/",
        "/parameters/market.filing.limit_days/new/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        assert page.locator("main h1").count() == 1, address
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a[href]')]
                .filter((one) => one.checkVisibility() && !one.labels?.length)
                .filter((one) => !one.ariaLabel && !one.title && !one.textContent.trim())
                .map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert nameless == [], address

"""A clerk narrows, searches, sorts, pages, opens a row in place and chooses columns."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_list_is_narrowed_sorted_paged_and_opened(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/ledgers/sale_contract/")
    expect(page.get_by_text("全部记录，共 8,019 条")).to_be_visible()

    page.get_by_text("条件", exact=True).click()
    page.get_by_role("checkbox", name="商业").check()
    page.get_by_role("group", name="备案日期").get_by_label("从").fill("2023-01-01")
    page.get_by_role("group", name="备案日期").get_by_label("到").fill("2023-06-30")
    page.get_by_role("button", name="按条件看").click()
    expect(page.get_by_text("用途是商业")).to_be_visible()
    expect(page.get_by_text("备案日期在2023-01-01至2023-06-30")).to_be_visible()
    assert set(page.locator("td[data-label=用途]").all_inner_texts()) == {"商业"}
    expect(page.locator("tfoot")).to_contain_text("合计")

    page.locator("thead").get_by_role("link", name="备案日期").click()
    days = page.locator("td[data-label=备案日期]").all_inner_texts()
    assert days == sorted(days)
    first = page.locator("button.row-open").first.inner_text()
    page.get_by_role("link", name="下一页").click()
    expect(page.get_by_role("link", name="回到首页")).to_be_visible()
    assert page.locator("button.row-open").first.inner_text() != first
    assert min(page.locator("td[data-label=备案日期]").all_inner_texts()) >= days[-1]

    opener = page.locator("button.row-open").first
    opener.click()
    expect(page.locator("tr.peek")).to_contain_text("证件号码")
    expect(page.locator("tr.peek")).to_contain_text(re.compile(r"\*{4,}"))
    opener.click()
    expect(page.locator("tr.peek")).to_have_count(0)

    page.get_by_role("link", name="去掉条件：用途是商业").click()
    expect(page.get_by_text("用途是商业")).to_have_count(0)


def test_columns_are_remembered_and_the_export_is_what_is_seen(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/ledgers/rent_subsidy_payment/")
    page.get_by_text("列", exact=True).click()
    boxes = page.get_by_role("group", name="显示的列").get_by_role("checkbox")
    for place in range(boxes.count()):
        boxes.nth(place).set_checked(place < 3)
    page.get_by_role("button", name="按此显示").click()
    page.goto("/")
    page.goto("/ledgers/rent_subsidy_payment/")
    assert page.locator("thead th:not(.tick)").count() == 3
    with page.expect_download() as download:
        page.get_by_role("link", name="导出所见").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_nothing_found_says_what_to_do(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/ledgers/sale_contract/")
    page.get_by_label("在本台账中查找").fill("没有这样的合同")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    page.get_by_role("link", name="清除条件").click()
    expect(page.get_by_text("全部记录，共 8,019 条")).to_be_visible()

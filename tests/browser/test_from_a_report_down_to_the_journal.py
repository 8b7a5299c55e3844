"""A reader opens a figure of the report, its rows, a record, the journal; then freezes the report and takes the document."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_figure_opens_down_to_the_journal(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/reports/half_year/")
    expect(page.locator(".margin .note")).to_contain_text("4687")
    assert page.locator(".paper h1").inner_text() == "东原县房产服务中心\n2023年上半年工作情况报告"  # broken as in the document
    page.locator("a.fig", has_text="18.48亿元").click()
    drawer = page.locator("#drawer-body")
    expect(drawer.get_by_role("heading", name="商品房销售额")).to_be_visible()
    expect(drawer.locator(".figure-large")).to_contain_text("18.48")
    expect(drawer.locator(".figure-large")).to_contain_text("同比上升0.71%")
    expect(drawer.locator(".chart svg")).to_be_visible()
    expect(drawer.get_by_text("2,531", exact=True)).to_be_visible()

    drawer.locator("#rows tbody a").first.click()
    expect(drawer.get_by_text("商品房网签合同台账")).to_be_visible()
    expect(drawer.get_by_role("heading", name="经过")).to_be_visible()
    drawer.get_by_role("link", name="日志").first.click()
    expect(drawer.get_by_role("heading", name="确认导入")).to_be_visible()
    page.get_by_role("button", name="返回").click()
    expect(drawer.get_by_role("heading", name="经过")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()


def test_today_says_what_waits_and_how_the_figures_stand(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")
    expect(page.locator(".key-figure").first).to_contain_text("18.48")
    expect(page.locator("#waiting")).to_contain_text("4687")
    expect(page.locator("#waiting-count")).not_to_have_text("0")
    page.locator(".key-figure").first.click()
    expect(page.locator("#drawer-body h1")).to_have_text("商品房销售额")


def test_further_rows_come_in_place(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/figures/market.new_homes.sold_units/?period=2023H1")
    first = page.locator("#rows tbody a").first.inner_text()
    page.locator("#rows").get_by_role("link", name="往后").click()
    expect(page.locator("#rows tbody a").first).not_to_have_text(first)
    expect(page.locator("#rows")).to_contain_text("已列到第 100 行，共 2,531 行")


@pytest.mark.office
def test_a_report_is_frozen_and_its_document_taken_and_verified(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/reports/half_year/")
    page.get_by_text("定稿", exact=True).first.click()
    page.get_by_label("说明").fill("报县政府办公室")
    page.get_by_role("button", name="确认定稿").click()
    expect(page.get_by_text("第 1 号定稿").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 DOCX").click()
    document = download.value.path()
    with page.expect_download(timeout=120_000) as printed:
        page.get_by_role("link", name="PDF").click()
    assert printed.value.path().read_bytes().startswith(b"%PDF")

    page.goto("/reports/verify/")
    page.locator("#file").set_input_files({"name": "报告.docx", "mimeType": "application/octet-stream", "buffer": document.read_bytes()})
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_text("全部与依据一致")).to_be_visible()

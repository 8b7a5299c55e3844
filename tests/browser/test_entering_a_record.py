"""A clerk enters a record: what is wrong is said at its field, Enter sends nothing, the draft survives."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_fault_is_said_at_its_field_and_mended(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/ledgers/office_training/new/")
    page.get_by_label("培训日期").fill("2023-05-16")
    topic = page.get_by_label("主题")
    topic.fill("房屋网签系统操作培训")
    topic.press("Enter")
    assert page.url.endswith("/office_training/new/")
    expect(page.get_by_label("类别")).to_be_focused()

    page.get_by_label("培训人次").fill("很多人")
    page.get_by_role("button", name="保存").click()
    fault = page.locator("#in-persons-fault")
    expect(fault).to_be_visible()
    assert page.get_by_label("培训人次").get_attribute("aria-invalid") == "true"
    assert topic.input_value() == "房屋网签系统操作培训"

    page.get_by_label("培训人次").fill("3200")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("单场培训超过2000人次")).to_be_visible()
    page.get_by_label("以上提示已核对").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    expect(page.get_by_role("heading", name="2023-05-16 房屋网签系统操作培训")).to_be_visible()

    page.get_by_role("link", name="修改").click()
    page.get_by_label("培训人次").fill("320")
    page.get_by_role("button", name="保存修改").click()
    expect(page.get_by_text("没有写修改理由")).to_be_visible()
    page.get_by_label("修改理由").fill("签到表核对后更正")
    page.get_by_role("button", name="保存修改").click()
    expect(page.locator("del")).to_have_text("3,200")
    expect(page.locator("ins")).to_have_text("320")


def test_a_draft_outlives_the_window(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/ledgers/office_training/new/")
    page.get_by_label("主题").fill("统计报表培训")
    page.goto("/")
    page.goto("/ledgers/office_training/new/")
    expect(page.get_by_text("没有提交的草稿")).to_be_visible()
    assert page.get_by_label("主题").input_value() == "统计报表培训"
    page.get_by_role("button", name="丢弃草稿").click()
    assert page.get_by_label("主题").input_value() == ""


def test_many_are_changed_only_after_the_page_said_how_many(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/ledgers/housing_certificate/")
    boxes = page.locator("input[name=chosen]")
    for place in range(3):
        boxes.nth(place).check()
    expect(page.locator("[data-bulk]")).to_contain_text("已选 3 条")
    page.get_by_role("button", name="修改所选").click()
    page.get_by_label("改为").fill("批量核对")
    choices = page.get_by_label("改哪一项").locator("option").all_inner_texts()
    page.get_by_label("改哪一项").select_option(label=next(name for name in choices if name in ("用途", "备注", "出具用途", "证明用途")))
    page.get_by_label("理由").fill("与存根核对")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="将修改 3 条")).to_be_visible()
    page.get_by_role("button", name="确认修改 3 条").click()
    expect(page.get_by_text("已修改 3 条")).to_be_visible()

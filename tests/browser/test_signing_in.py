"""Somebody signs in, with a wrong password first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PASSWORD = "云川-Kx7-练习用口令"


def test_a_wrong_password_is_said_and_the_right_one_leads_to_today(open_page: Callable[..., Page]) -> None:
    page = open_page(user=None)
    page.goto("/ledgers/sale_contract/")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    page.get_by_label("用户名").fill("demo")
    page.get_by_label("密码").fill("不是这个口令")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="商品房网签合同台账")).to_be_visible()
    page.locator(".who-name").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()

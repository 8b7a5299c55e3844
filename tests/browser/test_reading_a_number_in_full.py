"""A masked number on a record's page: 查看 asks why in the drawer, shows it once, and closing the drawer covers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.journal.models import Entry
from anju.kernel.ledgers.catalogue import get

pytestmark = pytest.mark.browser


def test_a_number_is_shown_for_a_reason_and_covered_again(open_page: Callable[..., Page]) -> None:
    book = get("housing_certificate")
    with using_scope(Scope.system()):
        row = book.model._default_manager.order_by("pk")[0]
    page = open_page()
    page.goto(f"/ledgers/housing_certificate/{row.pk}/")
    assert row.resident_id not in page.content()
    page.locator("a.reveal").first.click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("为什么要看").fill("窗口核对证明对象")
    drawer.get_by_role("button", name="查看").click()
    expect(drawer.locator("[data-vanish]")).to_have_text(row.resident_id)
    drawer.get_by_role("button", name="看完了").click()
    expect(page.locator("[data-vanish]")).not_to_have_text(row.resident_id)
    with using_scope(Scope.system()):
        assert Entry.objects.get(verb="crypto.reveal").reason == "窗口核对证明对象"

"""A workbook with wrong cells comes in: the cells are marked, the mended file goes in, twice adds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
HEAD = ("培训日期", "培训主题", "培训类别", "参训人数")
ROWS = [
    ("2023-03-02", "房屋交易政策", "技能", "42"),
    ("2023-04-11", "统计报表填报", "统计", "18"),
    ("2023-05-20", "施工现场消防", "安全", "2600"),
]
WRONG = ("2023-13-45", "统计报表填报", "统计", "十八个")


def book(path: Path, rows: list[tuple[str, ...]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("培训")
        sheet.merge_range(0, 0, 0, 3, "东原县房产服务中心2023年上半年培训台账")
        for place, row in enumerate([HEAD, *rows], start=1):
            sheet.write_row(place, 0, row)
    return path


def test_errors_are_marked_at_their_cells_and_a_mended_book_goes_in(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page()
    page.goto("/ledgers/office_training/import/")
    page.locator("#file").set_input_files(book(tmp_path / "培训.xlsx", [ROWS[0], WRONG, ROWS[2]]))
    page.get_by_role("button", name="读取并核对").click()
    expect(page.locator(".tally")).to_contain_text("1 有错")
    expect(page.locator(".tally")).to_contain_text("1 待确认")
    assert page.locator("td.wrong").count() == 2
    expect(page.locator("td.wrong .why").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载退回的行").click()
    assert download.value.suggested_filename.endswith("退回.xlsx")
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="放弃").click()
    expect(page.get_by_text("台账没有改动")).to_be_visible()

    page.goto("/ledgers/office_training/import/")
    mended = book(tmp_path / "培训改.xlsx", ROWS)
    page.locator("#file").set_input_files(mended)
    page.get_by_role("button", name="读取并核对").click()
    page.get_by_label("待确认的已核对").check()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("新增 3 条").first).to_be_visible()
    page.goto("/ledgers/office_training/")
    expect(page.get_by_text("共 3 条")).to_be_visible()

    page.goto("/ledgers/office_training/import/")
    page.locator("#file").set_input_files(mended)
    page.get_by_role("button", name="读取并核对").click()
    expect(page.get_by_text("新增 3 条").first).to_be_visible()
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)


def test_a_column_is_read_as_another_field(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page()
    page.goto("/ledgers/office_training/import/")
    page.locator("#file").set_input_files(book(tmp_path / "培训.xlsx", ROWS))
    page.get_by_role("button", name="读取并核对").click()
    page.get_by_label("D 列").select_option(label="（不读）")
    page.get_by_role("button", name="按改过的列重新核对").click()
    expect(page.get_by_text("没有列读作")).to_contain_text("培训人次")
    expect(page.locator(".tally")).to_contain_text("3 可导入")

"""Every issue has sheet, row, column, cell, value, what and advice; the preview shows it in its cell; rejected rows come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.imports import confirm_import, issues, prepare_import, preview, rejected_workbook
from anju.kernel.ledgers.imports.tests.books import HEADER, book, record
from anju.kernel.ledgers.workbook import Limits
from anju.kernel.ledgers.workbook.spreadsheets import read_spreadsheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_visible")]

WRONG = {
    "合同编号": (None, "B", "ledger.missing"),
    "用途": ("厂房", "D", "ledger.not_a_choice"),
    "建筑面积（㎡）": ("约九十", "G", "ledger.not_a_number"),
    "成交金额": (-3, "H", "ledger.negative"),
    "备案日期": ("2023-02-30", "I", "ledger.not_a_date"),
}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("label", WRONG)
def test_a_wrong_cell_is_named(contracts: Ledger, county_clerk: Actor, tmp_path: Path, kind: str, label: str) -> None:
    value, column, code = WRONG[label]
    path = book(tmp_path / f"a.{kind}", [record(1), [], record(2, **{label: value}), record(3)])
    batch = prepare_import(contracts, path, by=county_clerk)
    assert (batch.rows, batch.ready, batch.wrong) == (3, 2, 1)
    (issue,) = issues(batch)
    assert (issue.code, issue.row, issue.column, issue.cell, issue.level) == (code, 6, column, f"{column}6", "must_fix")
    assert issue.sheet == ("2023年" if kind == "xlsx" else "a")
    assert issue.value == ("" if value is None else str(value))
    assert issue.what
    assert issue.advice
    assert "[" + code + "]" in str(issue)


def test_a_unit_in_a_cell_is_told_from_the_unit_of_the_column(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batch = prepare_import(
        contracts, book(tmp_path / "a.xlsx", [record(1, 成交金额="451234元"), record(2, 成交金额="45.1234")]), by=county_clerk
    )
    assert batch.ready == 2, issues(batch)
    confirm_import(batch.pk, by=county_clerk)
    assert set(contracts.model.objects.values_list("amount", flat=True)) == {45123400}


def test_rows_that_repeat_each_other_name_each_other(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    batch = prepare_import(contracts, book(tmp_path / "a.xlsx", [record(1), record(2), record(1)]), by=county_clerk)
    (issue,) = issues(batch)
    assert (issue.code, issue.cell) == ("ledger.repeated", "B6")
    assert "第4行" in issue.what


def test_issues_that_block_come_first(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    rows = [record(1, **{"建筑面积（㎡）": 600}), record(2, 用途="厂房")]
    batch = prepare_import(contracts, book(tmp_path / "a.xlsx", rows), by=county_clerk)
    assert [issue.level for issue in issues(batch)] == ["must_fix", "confirm"]
    assert [issue.level for issue in issues(batch, level="confirm")] == ["confirm"]


def test_the_preview_shows_the_sheet_as_it_stands(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [record(1), record(2, 用途="厂房")], below=[["合计"], ["填报人：王五"]])
    batch = prepare_import(contracts, path, by=county_clerk)
    rows = preview(batch)
    assert [row.kind for row in rows] == ["title", "title", "header", "data", "data", "total", "note"]
    assert [row.status for row in rows][3:5] == ["ready", "wrong"]
    wrong = next(cell for cell in rows[4].cells if cell.column == "D")
    assert (wrong.text, wrong.field, wrong.state) == ("厂房", "use", "wrong")
    assert "可选" in wrong.issues[0].advice
    assert [row.row for row in preview(batch, 3, 1)] == [4]
    assert [row.row for row in preview(batch, only="wrong")] == [5]


def test_personal_identifiers_are_masked(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    number = "110101199003070011"
    rows = [[*HEADER, "身份证号"], [*record(1), number], [*record(2), number[:-1] + "9"]]
    from anju.kernel.ledgers.workbook.tests.books import xlsx

    batch = prepare_import(contracts, xlsx(tmp_path / "a.xlsx", {"表": rows}), by=county_clerk)
    shown = " ".join(cell.text for row in preview(batch) for cell in row.cells) + " ".join(map(str, issues(batch)))
    assert number[:-1] not in shown
    assert "110101" not in shown or "*" in shown


def test_rejected_rows_come_back_and_go_in_when_mended(contracts: Ledger, county_clerk: Actor, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [record(1), record(2, 用途="厂房", 成交金额="abc")])
    batch = prepare_import(contracts, path, by=county_clerk)
    confirm_import(batch.pk, by=county_clerk, skip_rejected=True)
    back = tmp_path / "退回.xlsx"
    assert rejected_workbook(batch, back) == 1
    (grid,), _ = read_spreadsheet(back, Limits())
    top = grid.top(2)
    assert top[0][-3:] == ["原位置", "原因", "怎么改"]
    assert "成交金额（万元）" in top[0]
    assert top[1][-3] == "2023年 第5行"
    assert "D5 用途" in top[1][-2]
    assert "可选" in top[1][-1]
    import openpyxl

    sheet = openpyxl.load_workbook(back)
    cell = sheet.active["D2"]
    assert cell.fill.fgColor.rgb == "FFFFD9D6"
    cell.value, sheet.active["H2"].value = "商业", 12
    sheet.save(back)
    mended = prepare_import(contracts, back, by=county_clerk)
    assert (mended.ready, mended.wrong) == (1, 0), issues(mended)
    assert confirm_import(mended.pk, by=county_clerk).added == 1
    assert contracts.model.objects.get(contract_no="CL20230002").amount == 12000000

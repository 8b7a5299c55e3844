"""Statements as banks export them: workbook or text, newest first or last; what cannot be read is named by its cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from anju.domains.funds.bank_files import read_statement
from anju.domains.funds.tests.conftest import DAY, Escrow, M
from anju.kernel.accounts.reconciling import actions as reconciling
from anju.kernel.accounts.reconciling.models import Reconciliation
from anju.kernel.errors import AnjuError

HEAD = ("交易日期", "交易流水号", "借方发生额（元）", "贷方发生额（元）", "账户余额（元）", "对方户名", "对方账号", "摘要")
Row = tuple[Any, ...]
ROWS: tuple[Row, ...] = (
    ("2023-03-01", "L1", None, "1,000,000.00", "1,000,000.00", "例某", "6222000000001234", "购房款"),
    ("2023-03-02", "L2", "200,000.50", None, "799,999.50", "示例建工有限公司", "6222000000005678", "工程款"),
    ("2023-03-02", "L3", None, "0.50", "800,000.00", "示例银行", None, "利息"),
)


def workbook(path: Path, rows: tuple[Row, ...]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("明细")
        sheet.write(0, 0, "示例银行 账户明细")
        for at, row in enumerate((HEAD, *rows), start=2):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, column, cell)
    return path


@pytest.mark.parametrize("turned", [False, True])
def test_a_workbook(tmp_path: Path, turned: bool) -> None:
    told = read_statement(workbook(tmp_path / "a.xlsx", ROWS[::-1] if turned else ROWS), source="a.xlsx")
    assert [(line.serial_no, line.amount_fen, line.balance_fen, line.counterparty_tail) for line in told.lines] == [
        ("L1", 1_000_000_00, 1_000_000_00, "1234"), ("L2", -200_000_50, 799_999_50, "5678"), ("L3", 50, 800_000_00, ""),
    ]  # fmt: skip
    assert (told.opening_fen, told.closing_fen, told.first_on) == (0, 800_000_00, datetime.date(2023, 3, 1))


def test_a_text_file_with_compact_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [",".join(HEAD), "20230301,L1,,500.00,1500.00,例某,6222000000001234,购房款", "20230302,L2,100.00,,1400.00,甲,1,付款"]
    path.write_bytes("\n".join(lines).encode("gb18030"))
    told = read_statement(path, source="a.csv")
    assert (told.opening_fen, [line.amount_fen for line in told.lines]) == (1_000_00, [500_00, -100_00])


@pytest.mark.parametrize(("cell", "value"), [(0, "昨天"), (3, "一百万"), (4, "1.234")])
def test_a_cell_that_cannot_be_read_is_named(tmp_path: Path, cell: int, value: str) -> None:
    broken = (*ROWS[0][:cell], value, *ROWS[0][cell + 1 :])
    with pytest.raises(AnjuError, match="明细 第4行"):
        read_statement(workbook(tmp_path / "a.xlsx", (broken, *ROWS[1:])), source="a.xlsx")


def test_from_the_file_to_an_equal_day(escrow: Escrow, tmp_path: Path) -> None:
    escrow.receive(90)
    rows: tuple[Row, ...] = (("2023-03-01", "S1", None, "90000000.00", "90000000.00", "例某", None, "购房款"),)
    told = read_statement(workbook(tmp_path / "a.xlsx", rows), source="a.xlsx")
    took = reconciling.take_in_statement(escrow.agreement.bank_account, told, by=escrow.clerk)
    assert (took.added, took.matched) == (1, 1)
    judged = Reconciliation.objects.get(on=DAY)
    assert (judged.state, judged.book_fen, judged.bank_fen) == ("equal", 90 * M, 90 * M)


def test_a_page_takes_it_in(escrow: Escrow, tmp_path: Path, client_for: Callable[..., Any]) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS)
    browser = client_for(escrow.clerk)
    address = f"/funds/reconciliation/{escrow.agreement.bank_account_id}/"
    with path.open("rb") as file:
        answer = browser.post(f"{address}statement/", {"file": file}, follow=True)
    assert answer.status_code == 200
    assert "银行已记、账上未记" in answer.content.decode()
    wrong = browser.post(address, {"line": "1", "transfer": "x", "note": ""})
    assert wrong.status_code == 422

"""Read a bank's statement workbook or text file into a Statement, by the words above its columns."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from anju.kernel.accounts.reconciling.lines import Statement, StatementLine
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.ledgers.parsing.cells import Refused, half_width
from anju.kernel.ledgers.parsing.dates import read_date
from anju.kernel.ledgers.workbook import read_workbook
from anju.kernel.ledgers.workbook.wanted import Wanted

WANTED = (
    Wanted("on", ("交易日期", "日期", "入账日期", "记账日期", "交易时间"), required=True),
    Wanted("serial_no", ("流水号", "交易流水号", "凭证号", "交易序号", "业务流水号"), required=True),
    Wanted("out", ("借方发生额", "支出", "支出金额", "付款金额", "借方金额"), unit="元", number=True),
    Wanted("in", ("贷方发生额", "收入", "收入金额", "收款金额", "贷方金额"), unit="元", number=True),
    Wanted("balance", ("余额", "账户余额", "本次余额"), unit="元", number=True, required=True),
    Wanted("counterparty", ("对方户名", "对方名称", "对方单位", "交易对手")),
    Wanted("counterparty_no", ("对方账号", "对方账户")),
    Wanted("memo", ("摘要", "用途", "备注", "附言")),
)
MOST_PROBLEMS = 50


def read_statement(path: Path, *, source: str) -> Statement:
    """The statement in the file. The opening balance follows from the first line. Raises AnjuError `workbook.*`, `accounts.statement_*`
    naming every cell that cannot be read."""
    reading = read_workbook(path, WANTED)
    found, problems = list[StatementLine](), list[Problem]()
    for table in reading.tables:
        for row, number in zip(table.frame.iter_rows(named=True), table.rows, strict=True):
            try:
                found.append(_line(row, f"{table.sheet} 第{number}行"))
            except AnjuError as error:
                problems += error.problems
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise AnjuError(problems[:MOST_PROBLEMS])
    if not found:
        raise AnjuError.of("accounts.statement_empty", "文件里没有流水。", where=source, advice="请核对文件是否为对账单。")
    if found[0].on > found[-1].on:
        found.reverse()
    opening = found[0].balance_fen - found[0].amount_fen
    days = [line.on for line in found]
    return Statement(min(days), max(days), opening, tuple(found), source)


def _line(row: Mapping[str, Any], where: str) -> StatementLine:
    came, went = _fen(row.get("in"), where, "贷方"), _fen(row.get("out"), where, "借方")
    balance = _fen(row.get("balance"), where, "余额")
    return StatementLine(
        serial_no=str(row.get("serial_no") or "").strip(),
        on=_day(row.get("on"), where),
        amount_fen=(came or 0) - (went or 0),
        balance_fen=balance or 0,
        counterparty=str(row.get("counterparty") or "").strip(),
        counterparty_tail=str(row.get("counterparty_no") or "").strip()[-4:],
        memo=str(row.get("memo") or "").strip(),
        where=where,
    )


def _day(raw: Any, where: str) -> datetime.date:
    try:
        found = read_date(f"{raw[:4]}-{raw[4:6]}-{raw[6:8]}" if isinstance(raw, str) and raw[:8].isdigit() and len(raw) >= 8 else raw)
    except Refused as error:
        raise AnjuError(Problem("accounts.statement_day", where, str(error) or "日期不对。", "写成 2023-06-30。")) from error
    if found is None:
        raise AnjuError(Problem("accounts.statement_day", where, "没有日期。", "请补全。"))
    return found


def _fen(raw: Any, where: str, name: str) -> int | None:
    text = half_width(str(raw if raw is not None else "")).replace(",", "").replace("¥", "").replace("元", "").strip()
    if text in ("", "-", "--"):
        return None
    try:
        fen = Decimal(text) * 100
    except InvalidOperation:
        raise AnjuError(Problem("accounts.statement_amount", where, f"{name}“{text[:30]}”不是金额。", "请核对单元格。")) from None
    if not fen.is_finite() or fen != fen.to_integral_value() or abs(fen) >= 2**53:
        raise AnjuError(Problem("accounts.statement_amount", where, f"{name}“{text[:30]}”比分还细，或太大。", "请核对单元格。"))
    return int(fen)

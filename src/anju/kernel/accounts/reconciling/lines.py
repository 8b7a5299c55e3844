"""A bank statement as data: what a file or an interface gave, checked before it is kept."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from anju.kernel.accounts.money import yuan
from anju.kernel.errors import AnjuError, Problem

MOST_LINES = 50_000
MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line. `amount_fen` > 0 in, < 0 out; `balance_fen` after it. `where`: its place in the file, for people."""

    serial_no: str
    on: datetime.date
    amount_fen: int
    balance_fen: int
    counterparty: str = ""
    counterparty_tail: str = ""
    memo: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines in the bank's order, with the balance before the first. `first_on`, `last_on`: the days it covers, lines or not."""

    first_on: datetime.date
    last_on: datetime.date
    opening_fen: int
    lines: tuple[StatementLine, ...]
    source: str

    @property
    def closing_fen(self) -> int:
        """The balance after the last line."""
        return self.lines[-1].balance_fen if self.lines else self.opening_fen

    @property
    def digest(self) -> str:
        """SHA-256 over days, balances and lines: the same statement in another file is the same."""
        told = [f"{self.first_on}|{self.last_on}|{self.opening_fen}|{self.closing_fen}"]
        told += [f"{line.serial_no}|{line.on}|{line.amount_fen}|{line.balance_fen}" for line in self.lines]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def require_sound(statement: Statement) -> None:
    """Raise AnjuError naming every line that breaks the chain of balances, repeats a serial number, or lies outside the days."""
    if len(statement.lines) > MOST_LINES:
        raise AnjuError.of("accounts.statement_too_long", f"对账单超过{MOST_LINES}笔。", advice="请按较短的期间分次导入。")
    problems = _problems(statement.lines, statement)
    if problems:
        raise AnjuError(problems[:MOST_PROBLEMS])


def _problems(lines: Sequence[StatementLine], statement: Statement) -> list[Problem]:
    problems: list[Problem] = []
    running, seen = statement.opening_fen, set[tuple[datetime.date, str]]()
    for number, line in enumerate(lines, start=1):
        where = line.where or f"第{number}笔"
        if not statement.first_on <= line.on <= statement.last_on:
            problems.append(Problem("accounts.statement_day", where, f"日期{line.on}不在对账单期间内。", "请核对期间。"))
        if line.amount_fen == 0:
            problems.append(Problem("accounts.statement_empty", where, "发生额为零。", "请删去这一行，或补上金额。"))
        if (line.on, line.serial_no) in seen or not line.serial_no:
            problems.append(Problem("accounts.statement_serial", where, f"流水号“{line.serial_no}”为空或重复。", "请向银行核对流水号。"))
        seen.add((line.on, line.serial_no))
        running += line.amount_fen
        if running != line.balance_fen:
            what = f"余额应为{yuan(running)}，写的是{yuan(line.balance_fen)}。"
            problems.append(Problem("accounts.statement_chain", where, what, "缺行或金额有误，请重新取得对账单。"))
            running = line.balance_fen
        if len(problems) >= MOST_PROBLEMS:
            break
    return problems

"""A page of YAML: every mistake is said with its line, all at once; conditions are read, never executed."""

from __future__ import annotations

import datetime
from decimal import Decimal

import polars as pl
import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.catalogue import all_ledgers, get, read_ledger
from anju.kernel.ledgers.expressions import ExpressionError, compile_condition

PAGE = """ledger: probe
name: 试验台账
version: 1
grain: one row
key: [no]
date: day
fields:
  no:     {label: 编号, type: text, required: true}
  day:    {label: 日期, type: date}
  paid:   {label: 付款日, type: date}
  amount: {label: 金额, type: money, unit: 元}
  loan:   {label: 借款, type: money, unit: 万元}
  month:  {label: 月额, type: money, unit: 元}
  times:  {label: 次数, type: integer}
  area:   {label: 面积, type: area, unit: ㎡}
  state:  {label: 状态, type: choice, choices: {no: 否, yes: 是}}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("type: text, required", "type: txt, required", 8, "类型“txt”不存在"),
        ("key: [no]", "key: [nr]", 5, "key 里的“nr”不是字段"),
        ("date: day", "date: state", 6, "不是日期字段"),
        ("unit: 万元", "unit: ㎡", 12, "单位“㎡”与类型 money 不相配"),
        ("unit: 万元", "unit: 两", 12, "不认识的计量单位“两”"),
        ("  times:", "  version:", 14, "已被系统占用"),
        ("  times:", "  Times:", 14, "名称“Times”不合规"),
        ("  times:", "  save:", 14, "已被系统占用"),
        ("label: 月额", "label: 金额", 13, "列名“金额”同时属于“amount”和“month”"),
        ("{no: 否, yes: 是}", "{}", 16, "选项"),
        ("type: integer}", "type: integer, lable: x}", 14, "不认识“lable”"),
        ("type: integer}", "type: integer, min: 5, max: 1}", 14, "min 大于 max"),
        ("type: integer}", "type: integer, required: maybe}", 14, "true 或 false"),
        ("version: 1", "version: one", 3, "version"),
        ("  times:", "  amount:", 14, "“amount”写了两次"),
        ("type: date}\n  paid", "type: date\n  paid", 10, "YAML语法错误"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, said: str) -> None:
    assert old in PAGE
    with pytest.raises(AnjuError) as refusal:
        read_ledger(PAGE.replace(old, new), file="probe.yaml")
    assert any(problem.where == f"probe.yaml:{line}" and said in problem.what for problem in refusal.value.problems), refusal.value


def test_all_mistakes_are_said_at_once() -> None:
    page = PAGE.replace("type: integer", "type: number").replace("key: [no]", "key: [nr]").replace("grain: one row", "grain:")
    with pytest.raises(AnjuError) as refusal:
        read_ledger(page, file="probe.yaml")
    assert len(refusal.value.problems) == 3


def test_words_that_yaml_takes_for_booleans_stay_words() -> None:
    assert read_ledger(PAGE, file="probe.yaml").field("state").choices == {"no": "否", "yes": "是"}


def test_a_page_that_unfolds_without_end_is_refused() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdef", "bcdefg", strict=True)
    )
    with pytest.raises(AnjuError, match="declarations.yaml"):
        read_ledger(bomb, file="bomb.yaml")


def test_the_declared_ledgers_are_in_order_of_reference() -> None:
    seen: set[str] = set()
    for ledger in all_ledgers().values():
        assert all(not field.reference or field.reference in seen | {ledger.name} for field in ledger.fields)
        seen.add(ledger.name)
    with pytest.raises(AnjuError, match="ledgers.unknown"):
        get("nothing")


D = datetime.date
ROW = {
    "no": "A", "day": D(2023, 6, 30), "paid": None, "amount": 301, "loan": 10**6, "month": 100, "times": 3,
    "area": Decimal("98.40"), "state": "no",
}  # fmt: skip
FRAME_TYPES = {"amount": pl.Int64, "loan": pl.Int64, "month": pl.Int64, "times": pl.Int64, "area": pl.Decimal(16, 2), "paid": pl.Date}


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("amount > month * times", True),
        ("amount - 0.01 > month * times", False),
        ("amount >= 3.01 and amount <= 3.01", True),
        ("loan == 1", True),
        ("area > 98.4", False),
        ("area > 98.399999", True),
        ("area * 2 == 196.8", True),
        ("-amount < 0", True),
        ("paid > day", None),
        ("not paid > day", None),
        ("paid is None and state == 'no'", True),
        ("paid is not None or times in (1, 2)", False),
        ("times in (1, 3)", True),
        ("state not in ('yes',)", True),
        ("day - '2023-06-01' == 29", True),
        ("day + 1 > today", True),
        ("'2023-01-01' <= day < '2023-07-01'", True),
        ("day == today", True),
    ],
)
def test_conditions_are_exact(when: str, holds: bool | None) -> None:
    ledger = read_ledger(PAGE, file="probe.yaml")
    frame = pl.DataFrame({name: [value] for name, value in ROW.items()}, schema_overrides=FRAME_TYPES)
    assert frame.select(compile_condition(when, ledger)(D(2023, 6, 30)).alias("holds"))["holds"].to_list() == [holds]


@pytest.mark.parametrize(
    "when",
    [
        "__import__('os').system('true')", "amount.real", "[amount for amount in times]", "amount", "amount + 1", "amount > loan",
        "area > amount", "state == 'maybe'", "state > 'no'", "nothing == 1", "amount == 'x'", "day > 'soon'", "day > 3", "amount / 2 > 1",
        "amount ** 9 > 1", "amount > 1 if times else 2", "lambda: 1", "times is 3", "(" * 400, "amount > " + "1 + " * 200 + "1",
        "amount * amount * amount * amount > 1", "state == None", "amount > 1e400", "f'{amount}' == '1'",
    ],
)  # fmt: skip
def test_anything_else_is_refused(when: str) -> None:
    with pytest.raises(ExpressionError):
        compile_condition(when, read_ledger(PAGE, file="probe.yaml"))

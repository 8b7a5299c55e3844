"""预售资金支取台账: a sheet each half year, in 万元."""

from __future__ import annotations

from anju.site.demo import days, solving, targets
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import CENTER, SIGNED, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, day, money, text
from anju.site.demo.places import ESTATES

LEDGER = "presale_withdrawal"
_PURPOSES = ("工程款", "材料款", "农民工工资", "设计监理费", "税费", "其他")
_NODES = ("基础完成", "主体过半", "主体封顶", "外装完成", "竣工验收")


def make(shelf: Shelf) -> list[Book]:
    """One workbook with a sheet for each half year."""
    dice = shelf.dice(LEDGER)
    paid = {
        "2022H1": (318, 1_604_118_200),
        "2022H2": (356, 1_752_904_700),
        "2023H1": (targets.WITHDRAWALS, solving.amount(dice, targets.WITHDRAWN)),
        "2023-07": (21, 98_206_400),
    }
    halves = {half: _half(dice, half, *totals) for half, totals in paid.items()}
    rows = sorted((row for half in halves.values() for row in half), key=lambda row: (row["applied_on"], row["applied_amount"]))
    for index, row in enumerate(rows, start=1):
        row["application_no"] = f"ZQ{row['applied_on']:%Y%m}{index:05d}"
    names = {"2022H1": "2022年上半年", "2022H2": "2022年下半年", "2023H1": "2023年上半年", "2023-07": "2023年7月"}
    return [shelf.xlsx(LEDGER, "商品房预售资金支取台账（2022-2023年）", [_sheet(names[half], rows) for half, rows in halves.items()])]


def _half(dice: Dice, half: str, count: int, total: int) -> list[Row]:
    """The paid applications of a period, then those that were returned or still wait."""
    weights = [dice.pick((90, 160, 280, 420, 640, 980, 1500)) + dice.between(0, 60) for _ in range(count)]
    rows = []
    for yuan, on in zip(apportion(total, weights, step=100), days.spread(dice, count, *days.HALVES[half]), strict=True):
        cut = dice.pick((0, 0, 0, 5, 12))  # the reviewers sometimes pay less than was asked for
        row = _application(dice) | {"paid_amount": yuan * 100, "paid_on": on, "state": "已拨付"}
        row |= {"applied_amount": yuan * 100 + yuan * cut // 10_000 * 10_000, "applied_on": days.before(dice, on, least=2, most=9)}
        rows.append(row)
    for on in days.spread(dice, 3 if half == "2023-07" else 22, *days.HALVES[half]):
        state = "退件" if half != "2023-07" else "审核中"
        row = _application(dice) | {"paid_amount": None, "paid_on": None, "state": state, "applied_on": on}
        rows.append(row | {"applied_amount": dice.between(60, 900) * 1_000_000})
    return sorted(rows, key=lambda row: (row["applied_on"], row["applied_amount"]))


def _application(dice: Dice) -> Row:
    estate = dice.pick(ESTATES)
    return {
        "project": estate.name,
        "developer": estate.developer,
        "bank": estate.bank,
        "account_no": f"9901210000{estate.number[2:]}",
        "purpose": dice.pick(_PURPOSES, (52, 21, 14, 6, 4, 3)),
        "node": dice.pick(_NODES),
    }


def _sheet(name: str, rows: list[Row]) -> Sheet:
    return Sheet(
        name=name,
        title=f"{name}商品房预售资金支取台账",
        columns=(
            text("支取编号", "application_no", width=16),
            text("项目名称", "project"),
            text("申请企业", "developer", width=30),
            text("监管银行", "bank", group="监管账户", width=20),
            text("监管账号", "account_no", group="监管账户", width=18),
            text("资金用途", "purpose"),
            text("工程节点", "node"),
            money("申请金额（万元）", "applied_amount", unit="万元"),
            day("申请日期", "applied_on"),
            money("拨付金额（万元）", "paid_amount", unit="万元"),
            day("拨付日期", "paid_on"),
            text("状态", "state", width=9),
        ),
        rows=rows,
        filled_by=CENTER,
        units="万元",
        signed_by=SIGNED,
    )

"""进城购房政府奖励兑现台账: one sheet a batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anju.site.demo import days, targets
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.policies import SECOND, THIRTEENTH, Policy
from anju.site.demo.books.shelf import CENTER, SIGNED, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, area, day, money, number, text
from anju.site.demo.people import People

LEDGER = "purchase_reward"


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch: how many households, how much in 元, when approved and, when the money has come, when paid."""

    number: int
    households: int
    yuan: int
    approved: tuple[date, date]
    paid: tuple[date, date] | None
    refused: int
    under_review: int = 0


BATCHES = (
    Batch(9, 231, 958_760, (date(2022, 3, 1), date(2022, 4, 15)), (date(2022, 8, 15), date(2022, 8, 26)), 4),
    Batch(*targets.REWARD_PAID, (date(2022, 10, 17), date(2022, 12, 9)), (date(2023, 3, 6), date(2023, 4, 21)), 6),
    Batch(*targets.REWARD_PENDING, (date(2023, 4, 24), date(2023, 6, 16)), None, 5, under_review=8),
)


def make(shelf: Shelf) -> list[Book]:
    """One workbook with a sheet for each batch."""
    dice, people = shelf.dice(LEDGER), shelf.people(LEDGER)
    taken: set[str] = set()
    sheets = []
    for batch in BATCHES:
        rows = _rows(dice, people, batch)
        for row in rows:
            row["contract_no"] = _contract_once(row["contract_no"], taken)
        sheets.append(_sheet(batch, rows))
    return [shelf.xlsx(LEDGER, "进城购房政府奖励兑现台账（第九至十一批）", sheets)]


def _contract_once(number: str, taken: set[str]) -> str:
    """The number, or the next one no other reward stands on: a home is rewarded once."""
    while number in taken:
        number = f"{number[:-6]}{int(number[-6:]) + 1:06d}"
    taken.add(number)
    return number


def _rows(dice: Dice, people: People, batch: Batch) -> list[Row]:
    counted = [_household(dice, people) for _ in range(batch.households)]
    for row, yuan in zip(counted, apportion(batch.yuan, [row["area"] * dice.between(85, 115) for row in counted]), strict=True):
        row["amount"] = yuan * 100
        row["state"] = "待兑现" if batch.paid is None else "已兑现"
    approvals = days.spread(dice, batch.households, *batch.approved)
    for row, approved in zip(counted, approvals, strict=True):
        row["approved_on"] = approved
        row["paid_on"] = None if batch.paid is None else days.spread(dice, 1, *batch.paid)[0]
    others = [_household(dice, people) | {"amount": 430_000, "state": "不符合"} for _ in range(batch.refused)]
    others += [_household(dice, people) | {"amount": 418_000, "state": "审核中"} for _ in range(batch.under_review)]
    rows = dice.shuffled([*counted, *others])
    for index, row in enumerate(rows, start=1):
        row |= {"batch": batch.number, "household_no": f"{batch.number:02d}-{index:04d}"}
    return rows


def _household(dice: Dice, people: People) -> Row:
    policy: Policy = dice.pick((THIRTEENTH, SECOND), (4, 6))
    buyer = people.somebody(born=(1955, 1992))
    bought = days.spread(dice, 1, policy.effective_from, policy.effective_to)[0]
    return {
        "buyer": buyer.name,
        "resident_id": buyer.resident_id,
        "policy": policy.document_no,
        "purchased_on": bought,
        "contract_no": f"示东网{bought.year}{dice.between(1, 3200):06d}",
        "area": dice.between(8_200, 14_390),
        "approved_on": None,
        "paid_on": None,
    }


def _sheet(batch: Batch, rows: list[Row]) -> Sheet:
    ordinal = {9: "第九批", 10: "第十批", 11: "第十一批"}[batch.number]
    return Sheet(
        name=ordinal,
        title=f"进城购房政府奖励资金兑现台账（{ordinal}）",
        columns=(
            number("批次", "batch"),
            text("户号", "household_no", width=12),
            text("购房人", "buyer", width=10),
            text("身份证号", "resident_id", width=22),
            text("政策依据", "policy", group="购房情况", width=22),
            text("合同编号", "contract_no", group="购房情况", width=20),
            day("购房时间", "purchased_on", group="购房情况", style="dots"),
            area("建筑面积（㎡）", "area", group="购房情况"),
            money("奖励金额（元）", "amount", style="thousands"),
            day("审核日期", "approved_on"),
            day("发放日期", "paid_on"),
            text("兑现状态", "state", width=10),
        ),
        rows=rows,
        filled_by=CENTER,
        units="元、㎡",
        signed_by=SIGNED,
    )

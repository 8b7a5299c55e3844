"""房屋证明台账: exported by an old system as text in GB18030."""

from __future__ import annotations

from anju.site.demo import days, targets
from anju.site.demo.books.shelf import Book, Shelf
from anju.site.demo.paper import Row, Sheet, day, text

LEDGER = "housing_certificate"
_ISSUED = {"2022H1": 2981, "2022H2": 3104, "2023H1": targets.CERTIFICATES, "2023-07": 236}
_VOID = {"2022H1": 14, "2022H2": 17, "2023H1": 18, "2023-07": 1}
_KINDS = ("个人住房情况证明", "家庭住房情况证明", "网签备案证明", "其他证明")
_PURPOSES = ("子女入学", "申请公积金", "办理落户", "申请保障房", "购房资格", "银行贷款", "人才补贴")


def make(shelf: Shelf) -> list[Book]:
    """One text file for both years."""
    dice, people = shelf.dice(LEDGER), shelf.people(LEDGER)
    rows: list[Row] = []
    for half, issued in _ISSUED.items():
        states = dice.shuffled(["已开具"] * issued + ["作废"] * _VOID[half])
        for state, on in zip(states, days.spread(dice, len(states), *days.HALVES[half]), strict=True):
            person = people.somebody()
            rows.append(
                {
                    "certificate_no": f"ZM{on:%Y}{len(rows) + 1:06d}",
                    "applicant": person.name,
                    "resident_id": person.resident_id,
                    "kind": dice.pick(_KINDS, (61, 27, 8, 4)),
                    "purpose": dice.pick(_PURPOSES),
                    "issued_on": on,
                    "state": state,
                }
            )
    sheet = Sheet(
        name="证明",
        title="东原县房产服务中心房屋证明出具台账（2022年1月-2023年7月）",
        columns=(
            text("证明编号", "certificate_no"),
            text("申请人", "applicant"),
            text("身份证号", "resident_id"),
            text("证明类别", "kind"),
            text("用途", "purpose"),
            day("开具日期", "issued_on", style="slashes"),
            text("状态", "state"),
        ),
        rows=rows,
        total=False,
        numbered=False,
    )
    return [shelf.csv(LEDGER, "房屋证明出具台账（2022-2023年）", sheet)]

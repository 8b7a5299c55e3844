"""住房信息协助查询登记台账: two sheets, for higher authorities and for the judiciary, requesters merged downwards."""

from __future__ import annotations

from anju.site.demo import days, targets
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import CENTER, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, day, number, text
from anju.site.demo.people import name_of

LEDGER = "record_query"
_SUPERIORS = {
    "云川市示例巡察组": "上级部门",
    "云川市示例审计局": "上级部门",
    "云川市示例民政局": "上级部门",
    "示例省住房保障核查组": "上级部门",
}
_JUDICIARY = {
    "东原县公安局（示例）": "公安机关",
    "东原县人民检察院（示例）": "检察机关",
    "东原县人民法院（示例）": "审判机关",
    "云川市中级人民法院（示例）": "审判机关",
}
_OTHERS = {"示例银行东原支行": "其他", "东原县示例律师事务所": "其他"}
_PERSONS = {
    "上级": {"2022H1": 1184, "2022H2": 1251, "2023H1": targets.QUERIES_SUPERIOR, "2023-07": 96},
    "司法": {"2022H1": 221, "2022H2": 236, "2023H1": targets.QUERIES_JUDICIAL, "2023-07": 19},
    "其他": {"2022H1": 60, "2022H2": 58, "2023H1": 64, "2023-07": 7},
}
_REQUESTERS = {"上级": _SUPERIORS, "司法": _JUDICIARY, "其他": _OTHERS}
_USUAL_SIZE = {"上级": 7, "司法": 2, "其他": 2}


def make(shelf: Shelf) -> list[Book]:
    """One workbook with two sheets; other requesters are on the second."""
    dice = shelf.dice(LEDGER)
    rows = {kind: [row for half in halves for row in _half(dice, kind, half)] for kind, halves in _PERSONS.items()}
    for index, row in enumerate((row for kind in rows.values() for row in kind), start=1):
        row["query_no"] = f"CX{row['queried_on']:%Y}{index:05d}"
        row["letter_no"] = f"示函〔{row['queried_on'].year}〕{index}号"
    judicial = sorted([*rows["司法"], *rows["其他"]], key=lambda row: (row["queried_on"], row["requester"]))
    superior = sorted(rows["上级"], key=lambda row: (row["queried_on"], row["requester"]))
    return [
        shelf.xlsx(
            LEDGER,
            "住房信息协助查询登记台账（2022-2023年）",
            [_sheet("上级部门", superior), _sheet("司法机关及其他", judicial)],
        )
    ]


def _half(dice: Dice, kind: str, half: str) -> list[Row]:
    """One person more or less each: every request looks up at least one."""
    total = _PERSONS[kind][half]
    requests = max(total // _USUAL_SIZE[kind], 2)
    extra = apportion(total - requests, [dice.between(1, 9) for _ in range(requests)])
    names = _REQUESTERS[kind]
    dates = days.spread(dice, requests, *days.HALVES[half])
    return [
        {
            "requester": (name := dice.pick(tuple(names))),
            "requester_kind": names[name],
            "persons": 1 + more,
            "subject_kind": dice.pick(("个人", "企业"), (8, 2)),
            "queried_on": on,
            "handler": name_of(dice),
        }
        for more, on in zip(extra, dates, strict=True)
    ]


def _sheet(name: str, rows: list[Row]) -> Sheet:
    return Sheet(
        name=name,
        title=f"住房信息协助查询登记台账（{name}）",
        columns=(
            text("登记编号", "query_no"),
            text("查询单位", "requester", width=30),
            text("单位类别", "requester_kind"),
            text("函件编号", "letter_no", width=20),
            text("查询对象", "subject_kind"),
            number("查询人次", "persons", add=True),
            day("查询日期", "queried_on", style="chinese"),
            text("经办人", "handler"),
        ),
        rows=rows,
        filled_by=CENTER,
        units="人次",
        merge=("requester",),
    )

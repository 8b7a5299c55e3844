"""Whatever stands above, between and below, the records of a table come back to the digit."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju.kernel.ledgers.workbook import read_workbook
from anju.kernel.ledgers.workbook.tests.books import CONTRACT, delimited, xls, xlsx

UNITS = ("元", "万元", "亿元")
names = st.text(st.sampled_from("张王李赵东原县阳光苑一期AB12（）-"), min_size=1, max_size=8).map(str.strip).filter(bool)
areas = st.integers(1, 10**7).map(lambda cents: Decimal(cents) / 100)
amounts = st.integers(0, 10**9).map(lambda tenths: Decimal(tenths) / 10**4)
records = st.lists(st.tuples(names, areas, amounts), min_size=1, max_size=12)


@st.composite
def books(draw: st.DrawFn) -> tuple[list[list[object]], list[tuple[str, ...]]]:
    """The rows of a sheet, and the records, each with the unit of its amount, that must come out of it."""
    unit = draw(st.sampled_from(UNITS))
    above = draw(st.booleans())
    rows: list[list[object]] = [["东原县网签合同台账"]] * draw(st.integers(0, 1))
    rows += [["填报单位：某中心", None, None, f"单位：{unit}"]] if above else draw(st.sampled_from([[], [[]]]))
    rows.append(["序号", "合同号", "买受人", "建筑面积（㎡）", "合同金额" if above else f"合同金额（{unit}）", "备案日期"])
    expected: list[tuple[str, ...]] = []
    block = total = (Decimal(0), Decimal(0))
    for number, (name, area, amount) in enumerate(draw(records), start=1):
        rows.append([number, f"DY{number}", name, _written(draw, area), _written(draw, amount), "2023-01-05"])
        expected.append((f"DY{number}", name, _plain(area), _plain(amount), unit))
        block, total = (block[0] + area, block[1] + amount), (total[0] + area, total[1] + amount)
        if draw(st.integers(0, 4)) == 0:
            rows.append([None, "小计", None, float(block[0]), str(block[1]), None])
            block = (Decimal(0), Decimal(0))
        if draw(st.integers(0, 5)) == 0:
            rows.append([])
    rows.append(["合计", None, None, str(total[0]), float(total[1]), None])
    rows += draw(st.sampled_from([[], [["填报人：张三", None, "审核人：李四"]], [["注：以备案为准"]]]))
    return rows, expected


def _written(draw: st.DrawFn, value: Decimal) -> object:
    return draw(
        st.sampled_from(
            [
                float(value),
                str(value),
                f"{value:,}",
                f" {value} ",
                str(value).translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
            ]
        )
    )


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(books(), st.sampled_from(["xlsx", "xls", "csv", "gbk"]))
def test_random_tables_read_back(book: tuple[list[list[object]], list[tuple[str, ...]]], kind: str) -> None:
    rows, expected = book
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book"
        match kind:
            case "xlsx":
                xlsx(path, {"表": rows})
            case "xls":
                xls(path, rows)
            case _:
                delimited(path, rows, encoding="utf-8" if kind == "csv" else "gb18030")
        reading = read_workbook(path, CONTRACT)
    table = reading.tables[0]
    unit = table.units["amount"]
    got = [(no, name, _number(area), _number(amount), unit) for no, name, area, amount, _ in table.frame.rows()]
    assert got == expected
    assert table.findings == []


def _number(text: str) -> str:
    plain = text.translate(str.maketrans("０１２３４５６７８９．", "0123456789.")).replace(",", "")
    return _plain(Decimal(plain))

"""Title rows, stacked and merged headers, units in labels and above the table: the reader finds its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.workbook import Wanted, read_workbook
from anju.kernel.ledgers.workbook.tests.books import CONTRACT, HEADER, delimited, xls, xlsx

ROW = ["DY001", "张三", "住宅", 100.5, 450000, "2023-01-05"]
TITLES = [["东原县2023年上半年商品房网签合同台账"], ["填报单位：东原县房产服务中心", None, None, None, "单位：万元"]]


def test_titles_above_are_passed_over(tmp_path: Path) -> None:
    reading = read_workbook(xlsx(tmp_path / "a.xlsx", {"表": [*TITLES, [], HEADER, ROW]}, {"表": ["A1:F1"]}), CONTRACT)
    assert (reading.header.top, reading.header.bottom) == (3, 3)
    assert reading.tables[0].rows.to_list() == [5]


def test_the_unit_above_the_table_is_for_money_only(tmp_path: Path) -> None:
    assert read_workbook(xlsx(tmp_path / "a.xlsx", {"表": [*TITLES, HEADER, ROW]}), CONTRACT).tables[0].units == {"amount": "万元"}


@pytest.mark.parametrize(
    "label", ["合同金额（万元）", "合同金额(单位：万元)", "合同金额/万元", "合同金额　[万元]", "合同金额万元", "合同 金额（万元）*"]
)
def test_a_unit_in_the_label_is_understood(tmp_path: Path, label: str) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"表": [["合同编号", "买受人", label, "备案日期"], ["DY001", "张三", 45.1234, "2023-01-05"]]})
    table = read_workbook(path, CONTRACT).tables[0]
    assert (table.units, table.frame["amount"].to_list()) == ({"amount": "万元"}, ["45.1234"])


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("建筑面积（亩）", "亩"),
        ("面积 亩", "亩"),
        ("面积(㎡)", "㎡"),
        ("面积（万平方米）", "万㎡"),
        ("面积m2", "㎡"),
        ("面积（备注）", None),
    ],
)
def test_units_of_area(tmp_path: Path, label: str, unit: str | None) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"表": [["合同编号", "买受人", label, "备案日期"], ["DY001", "张三", 1, "2023-01-05"]]})
    assert read_workbook(path, CONTRACT).tables[0].units.get("area") == unit


STACKED = [
    ["序号", "合同", None, "房屋", None, "备案日期"],
    [None, "编号", "买受人", "建筑面积（㎡）", "合同金额（万元）", None],
    [1, "DY001", "张三", 100.5, 45, "2023-01-05"],
]
STACKED_MERGES = ["A1:A2", "B1:C1", "D1:E1", "F1:F2"]


@pytest.mark.parametrize("kind", ["xlsx merged", "xlsx unmerged", "xls merged", "csv"])
def test_stacked_headers_are_joined(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind[:4].strip()}"
    match kind:
        case "xlsx merged":
            xlsx(path, {"表": STACKED}, {"表": STACKED_MERGES})
        case "xlsx unmerged":
            xlsx(path, {"表": STACKED})
        case "xls merged":
            xls(path, STACKED, STACKED_MERGES)
        case _:
            delimited(path, STACKED)
    reading = read_workbook(path, CONTRACT)
    assert (reading.header.top, reading.header.bottom) == (0, 1)
    assert [column.label for column in reading.header.columns][1] == "合同编号"
    assert reading.tables[0].frame.row(0, named=True) == {
        "contract_no": "DY001",
        "buyer": "张三",
        "area": "100.5",
        "amount": "45",
        "filed_on": "2023-01-05",
    }


def test_a_row_of_units_under_the_labels_belongs_to_the_header(tmp_path: Path) -> None:
    rows = [["合同编号", "买受人", "合同金额", "备案日期"], [None, None, "（万元）", None], ["DY001", "张三", 45, "2023-01-05"]]
    table = read_workbook(xlsx(tmp_path / "a.xlsx", {"表": rows}), CONTRACT).tables[0]
    assert (table.units, table.frame["amount"].to_list()) == ({"amount": "万元"}, ["45"])


def test_a_row_of_column_numbers_is_no_record(tmp_path: Path) -> None:
    rows = [["合同编号", "买受人", "用途", "建筑面积", "合同金额", "备案日期"], ["甲", "乙", 1, 2, 3, 4], ROW]
    assert read_workbook(xlsx(tmp_path / "a.xlsx", {"表": rows}), CONTRACT).tables[0].rows.to_list() == [3]


def test_the_serial_number_is_no_column(tmp_path: Path) -> None:
    rows = [["序号", *HEADER], [1, *ROW]]
    header = read_workbook(xlsx(tmp_path / "a.xlsx", {"表": rows}), CONTRACT).header
    assert header.columns[0].match is None


def test_a_similar_label_is_a_guess_to_be_looked_at(tmp_path: Path) -> None:
    rows = [["合同编号", "买受人", "合同备案日期", "用途"], ["DY001", "张三", "2023-01-05", "住宅"]]
    wanted = [*CONTRACT[:3], Wanted("filed_on", ("合同备案的日期",), required=True)]
    reading = read_workbook(xlsx(tmp_path / "a.xlsx", {"表": rows}), wanted)
    assert [(one.code, one.level, one.cell) for one in reading.findings] == [("workbook.guessed_column", "confirm", "C1")]


def test_a_missing_required_column_blocks(tmp_path: Path) -> None:
    reading = read_workbook(xlsx(tmp_path / "a.xlsx", {"表": [HEADER[:4], ROW[:4]]}), CONTRACT)
    assert [(one.code, one.level) for one in reading.findings] == [("workbook.missing_columns", "block")]
    assert "备案日期" in reading.findings[0].what


def test_a_unit_of_another_kind_blocks_at_its_cell(tmp_path: Path) -> None:
    rows = [["合同编号", "买受人", "建筑面积（万元）", "备案日期"], ["DY001", "张三", 1, "2023-01-05"]]
    finding = read_workbook(xlsx(tmp_path / "a.xlsx", {"表": rows}), CONTRACT).findings[0]
    assert (finding.code, finding.level, finding.cell) == ("workbook.unit_mismatch", "block", "C1")


def test_a_mapping_by_hand_reads_columns_nobody_knows(tmp_path: Path) -> None:
    rows = [["甲栏", "乙栏", "丙栏"], ["DY001", "张三", "2023-01-05"]]
    path = xlsx(tmp_path / "a.xlsx", {"表": rows})
    by_hand = {"A": "contract_no", "B": "buyer", "C": "filed_on"}
    reading = read_workbook(path, CONTRACT, mapping=by_hand)
    assert reading.tables[0].frame.row(0) == ("DY001", "张三", "2023-01-05")
    signature = reading.header.signature
    assert read_workbook(path, CONTRACT, remembered={signature: by_hand}).tables[0].frame.height == 1


def test_a_column_may_be_ignored_by_hand(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"表": [HEADER, ROW]})
    assert "use" not in read_workbook(path, CONTRACT, mapping={"C": None}).tables[0].frame.columns


def test_a_file_of_numbers_has_no_header(tmp_path: Path) -> None:
    with pytest.raises(AnjuError, match="workbook.no_header"):
        read_workbook(xlsx(tmp_path / "a.xlsx", {"表": [[1, 2, 3], [4, 5, 6]]}), CONTRACT)

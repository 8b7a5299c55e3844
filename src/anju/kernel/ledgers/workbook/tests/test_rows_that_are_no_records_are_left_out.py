"""Totals, blanks, page headings and signatures are left out; totals are held against their rows first."""

from __future__ import annotations

from pathlib import Path

import pytest

from anju.kernel.ledgers.workbook import read_workbook
from anju.kernel.ledgers.workbook.tests.books import CONTRACT, HEADER, delimited, xls, xlsx


def row(number: int, area: object = 100, amount: object = 1000) -> list[object]:
    return [f"DY{number:03d}", "张三", "住宅", area, amount, "2023-01-05"]


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    rows = [
        ["网签合同台账"],
        HEADER,
        row(1),
        ["1月小计", None, None, 100, 1000],
        [],
        ["网签合同台账"],
        HEADER,
        row(2),
        ["合 计", None, None, 200, 2000],
        ["填报人：李四", None, "审核人：王五"],
        ["备注：以上均为商品住宅"],
    ]
    table = read_workbook(xlsx(tmp_path / "a.xlsx", {"表": rows}, {"表": ["A1:F1", "A6:F6"]}), CONTRACT).tables[0]
    assert table.rows.to_list() == [3, 8]
    assert table.left_out == {"空行": 1, "合计行": 2, "落款或说明": 2, "重复的标题或表头": 2}
    assert table.findings == []


@pytest.mark.parametrize("word", ["合计", "总计：", "累 计", "共计", "本月合计", "合计（2宗）", "全县总计"])
def test_totals_are_known_by_their_word(tmp_path: Path, word: str) -> None:
    path = delimited(tmp_path / "a.csv", [HEADER, row(1), row(2), [word, "", "", 200, 2000, ""]])
    assert read_workbook(path, CONTRACT).tables[0].rows.to_list() == [2, 3]


def test_a_total_in_any_column_is_known(tmp_path: Path) -> None:
    path = delimited(tmp_path / "a.csv", [["序号", *HEADER], [1, *row(1)], ["", "", "", "合计", 100, 1000, ""]])
    assert read_workbook(path, CONTRACT).tables[0].rows.to_list() == [2]


def test_a_record_whose_name_ends_like_a_total_stays(tmp_path: Path) -> None:
    complete = ["DY009", "大合计", "住宅", 10, 10, "2023-01-05"]
    assert read_workbook(xlsx(tmp_path / "a.xlsx", {"表": [HEADER, row(1), complete]}), CONTRACT).tables[0].rows.to_list() == [2, 3]


def test_an_incomplete_record_stays_to_be_reported(tmp_path: Path) -> None:
    incomplete = [None, "李四", "住宅", 10, 10, None]
    assert read_workbook(xlsx(tmp_path / "a.xlsx", {"表": [HEADER, row(1), incomplete]}), CONTRACT).tables[0].rows.to_list() == [2, 3]


def test_a_wrong_total_is_reported_with_both_numbers(tmp_path: Path) -> None:
    rows = [HEADER, row(1, 100.5), row(2, "1,000"), ["合计", None, None, 1110.5, 2000]]
    (finding,) = read_workbook(xlsx(tmp_path / "a.xlsx", {"表": rows}), CONTRACT).findings
    assert (finding.code, finding.level, finding.cell, finding.value) == ("workbook.wrong_total", "confirm", "D4", "1110.5")
    assert "1,110.5" in finding.what
    assert "1,100.5" in finding.what


def test_subtotals_cover_their_block_and_totals_everything(tmp_path: Path) -> None:
    rows = [HEADER, row(1), row(2), ["小计", "", "", 200, 2000], row(3), ["小计", "", "", 100, 1000], ["合计", "", "", 300, 3000]]
    assert read_workbook(delimited(tmp_path / "a.csv", rows), CONTRACT).findings == []


def test_a_total_printed_in_fewer_decimals_agrees(tmp_path: Path) -> None:
    rows = [HEADER, row(1, 1.234), row(2, 1.112), ["合计", None, None, 2.35, None]]
    assert read_workbook(xlsx(tmp_path / "a.xlsx", {"表": rows}), CONTRACT).findings == []


MERGED = [HEADER, row(1), ["DY002", None, None, None, 1000, "2023-01-05"], ["DY003", None, "商业", None, 1000, "2023-01-05"]]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_cells_are_filled_down(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    regions = ["B2:B4", "C2:C3"]
    table = read_workbook(xlsx(path, {"表": MERGED}, {"表": regions}) if kind == "xlsx" else xls(path, MERGED, regions), CONTRACT).tables[0]
    assert table.frame["buyer"].to_list() == ["张三", "张三", "张三"]
    assert table.frame["use"].to_list() == ["住宅", "住宅", "商业"]
    assert table.frame["area"].to_list() == ["100", None, None]


def test_blanks_that_are_not_merged_stay_blank(tmp_path: Path) -> None:
    assert read_workbook(delimited(tmp_path / "a.csv", MERGED), CONTRACT).tables[0].frame["buyer"].to_list() == ["张三", None, None]


def test_a_merged_number_must_be_looked_at(tmp_path: Path) -> None:
    (finding,) = read_workbook(xlsx(tmp_path / "a.xlsx", {"表": MERGED}, {"表": ["D2:D4"]}), CONTRACT).findings
    assert (finding.code, finding.cell) == ("workbook.merged_number", "D2")

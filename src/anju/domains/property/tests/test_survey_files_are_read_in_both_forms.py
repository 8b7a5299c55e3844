"""Lists and matrices of units, with what is wrong at its cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from anju.domains.property.survey_files import read_survey_file
from anju.kernel.errors import AnjuError
from anju.testing.shared import reference

FOLDER = "data/shenzhen_presale_units"


@pytest.mark.shared
def test_the_shenzhen_matrix_and_the_old_workbook_give_the_same_416_units() -> None:
    matrix = read_survey_file(reference(f"{FOLDER}/price_matrix_songfeng_mingyue.xlsx"))
    listed = read_survey_file(reference(f"{FOLDER}/presale_units_songfeng_mingyue.xls"))
    plain = read_survey_file(reference(f"{FOLDER}/presale_units.csv"))
    assert len(matrix.lines) == len(listed.lines) == len(plain.lines) == 416
    assert [matrix.problems, listed.problems, plain.problems] == [[], [], []]
    by_key = {line.key: line for line in matrix.lines}
    for line in listed.lines:
        same = by_key[line.key]
        assert (same.area, same.unit_price) == (line.area, line.unit_price), line.where
        assert (line.inner_area or 0) < (line.area or 0), line.where
    assert {line.key: line.area for line in plain.lines} == {line.key: line.area for line in listed.lines}
    assert {line.entrance for line in matrix.lines} == {line.entrance for line in listed.lines}


def _matrix(path: Path, name: str, cells: list[list[object]], merge: tuple[int, int, str] | None = None) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(name)
    page.write_row(0, 0, ["楼栋", "楼层", 1, 2])
    for row, line in enumerate(cells, start=1):
        page.write_row(row, 0, line)
    if merge:
        page.merge_range(merge[0], 0, merge[1], 0, merge[2])
    book.close()
    return path


def test_a_matrix_fills_its_merged_building_down_and_names_the_cell(tmp_path: Path) -> None:
    cells: list[list[object]] = [["", 2, 98.4, "九十"], ["", "B1", 20, 21.5]]
    found = read_survey_file(_matrix(tmp_path / "a.xlsx", "建筑面积", cells, (1, 2, "望湖里3栋1单元")))
    assert [(line.building, line.entrance, line.floor, line.room, line.area) for line in found.lines] == [
        ("望湖里3栋", "1单元", 2, "01", Decimal("98.4")),
        ("望湖里3栋", "1单元", -1, "01", Decimal(20)),
        ("望湖里3栋", "1单元", -1, "02", Decimal("21.5")),
    ]
    assert [(one.where, one.code) for one in found.problems] == [("建筑面积!D2", "property.survey_cell")]


def test_a_place_that_stands_twice_is_told_with_both_cells(tmp_path: Path) -> None:
    cells: list[list[object]] = [["1栋", 2, 98.4, 90], ["1栋", 2, 97, 90]]
    found = read_survey_file(_matrix(tmp_path / "a.xlsx", "建筑面积", cells))
    assert [one.where for one in found.problems] == ["建筑面积!C3", "建筑面积!D3"]


def test_an_old_xls_list_with_units_in_its_header(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("一房一价")
    for column, label in enumerate(["楼栋", "楼层", "房号", "用途", "建筑面积（㎡）", "套内面积", "总价（万元）"]):
        page.write(0, column, label)
    for column, cell in enumerate(["1栋", "12层", "1201室", "商业服务", "98.40", 80.1, 45.5]):
        page.write(1, column, cell)
    for column, cell in enumerate(["1栋", "0", "1", "住宅", "x", "", ""]):
        page.write(2, column, cell)
    book.save(str(tmp_path / "old.xls"))
    found = read_survey_file(tmp_path / "old.xls")
    (line,) = found.lines
    assert (line.floor, line.room, line.use, line.area, line.total_price) == (
        12,
        "1201",
        "commercial",
        Decimal("98.40"),
        Decimal("455000.0"),
    )
    assert line.as_survey().shared_area == Decimal("18.30")
    assert {one.where for one in found.problems} == {"一房一价!B3", "一房一价!E3"}


def test_a_workbook_without_units_is_refused(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"))
    book.add_worksheet("表").write_row(0, 0, ["姓名", "电话"])
    book.close()
    with pytest.raises(AnjuError, match="property.no_units"):
        read_survey_file(tmp_path / "x.xlsx")

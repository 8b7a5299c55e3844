"""Extension and encoding do not matter; what cannot be read is refused with advice; limits hold."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.workbook import Limits, read_workbook
from anju.kernel.ledgers.workbook.tests.books import CONTRACT, HEADER, delimited, xls, xlsx

ROWS = [
    ["网签合同台账"],
    HEADER,
    ["DY001", "张三", "住宅", "100.50", "450,000.00", "2023-01-05"],
    ["DY002", "李\n四", "商业", "1", "2", "2023/1/6"],
]


def frame_of(path: Path) -> list[tuple[str, ...]]:
    return read_workbook(path, CONTRACT).tables[0].frame.rows()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("ragged", [False, True])
def test_text_files_of_every_kind_read_alike(tmp_path: Path, encoding: str, delimiter: str, ragged: bool) -> None:
    path = delimited(tmp_path / "a.txt", ROWS, encoding=encoding, delimiter=delimiter, ragged=ragged)
    assert frame_of(path) == [tuple(row) for row in ROWS[2:]]


def test_the_extension_does_not_decide(tmp_path: Path) -> None:
    expected = [tuple(row) for row in ROWS[2:]]
    assert frame_of(xlsx(tmp_path / "a.csv", {"表": ROWS})) == expected
    assert frame_of(xls(tmp_path / "b.xlsx", ROWS)) == expected
    assert frame_of(delimited(tmp_path / "c.xls", ROWS)) == expected


def test_row_numbers_count_blank_lines_and_cells_of_several_lines(tmp_path: Path) -> None:
    path = delimited(tmp_path / "a.csv", [ROWS[0], [], *ROWS[1:], [], ROWS[2]])
    assert read_workbook(path, CONTRACT).tables[0].rows.to_list() == [4, 5, 7]


def test_sheets_of_one_layout_are_read_together(tmp_path: Path) -> None:
    other = [["填表说明"], ["一、每月5日前报送"]]
    sheets = {"1月": ROWS, "2月": [HEADER, *ROWS[2:]], "说明": other, "旧": ROWS}
    reading = read_workbook(xlsx(tmp_path / "a.xlsx", sheets, hidden=["旧"]), CONTRACT)
    assert [(table.sheet, table.rows.to_list()) for table in reading.tables] == [("1月", [3, 4]), ("2月", [2, 3])]
    assert len(reading.notes) == 2
    assert read_workbook(tmp_path / "a.xlsx", CONTRACT, sheet="2月").height == 2


def test_sheets_in_other_units_are_never_mixed(tmp_path: Path) -> None:
    sheets = {"1月": [["单位：万元"], HEADER, ROWS[2]], "2月": [["单位：元"], HEADER, ROWS[2], ROWS[3]]}
    reading = read_workbook(xlsx(tmp_path / "a.xlsx", sheets), CONTRACT)
    assert [table.sheet for table in reading.tables] == ["1月"]
    assert "2月" in reading.notes[0]


def test_lines_may_end_as_on_old_machines(tmp_path: Path) -> None:
    path = delimited(tmp_path / "a.csv", [HEADER, ROWS[2]])
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\r"))
    assert frame_of(path) == [tuple(ROWS[2])]


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
        (b"PK\x03\x04 cut short", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "damaged"),
        (b"\x00\x01\x02\x03binary", "not_a_table"),
        ("合同编号,买受人\n".encode() + b"\xff\xff\xfe\xfe", "encoding"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(AnjuError, match=f"workbook.{code}") as raised:
        read_workbook(path, CONTRACT)
    assert raised.value.problems[0].advice


def test_word_files_and_bombs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AnjuError, match="workbook.not_a_table"):
        read_workbook(archive(tmp_path / "a.xlsx", {"[Content_Types].xml": b"", "word/document.xml": b""}), CONTRACT)
    with pytest.raises(AnjuError, match="workbook.inflates"):
        read_workbook(archive(tmp_path / "b.xlsx", {"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * (60 << 20)}), CONTRACT)


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    # An encrypted .xlsx is a compound file with a stream of this name; only the directory entry is needed to tell.
    path = xls(tmp_path / "a.xlsx", ROWS)
    content, name = bytearray(path.read_bytes()), "EncryptedPackage".encode("utf-16-le")
    place = content.find("Workbook".encode("utf-16-le"))
    content[place : place + len(name)] = name
    path.write_bytes(content)
    with pytest.raises(AnjuError, match="workbook.encrypted"):
        read_workbook(path, CONTRACT)


def test_a_workbook_cut_short_is_damaged(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"表": ROWS})
    whole = path.read_bytes()
    for size in range(10, len(whole), len(whole) // 7):
        path.write_bytes(whole[:size])
        with pytest.raises(AnjuError, match="workbook\\."):
            read_workbook(path, CONTRACT)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"file_bytes": 100}, "too_large"),
        ({"rows": 3}, "too_many_rows"),
        ({"columns": 5}, "too_many_columns"),
        ({"sheets": 1}, "too_many_sheets"),
    ],
)
def test_limits_hold(tmp_path: Path, limits: dict[str, int], code: str) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"表": ROWS, "另": ROWS})
    with pytest.raises(AnjuError, match=f"workbook.{code}"):
        read_workbook(path, CONTRACT, limits=replace(Limits(), **limits))


def test_an_unknown_sheet_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    with pytest.raises(AnjuError, match="现有：表"):
        read_workbook(xlsx(tmp_path / "a.xlsx", {"表": ROWS}), CONTRACT, sheet="无")

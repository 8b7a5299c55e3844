"""Every mistake has its line, numbers are exact, nothing is doubled silently and no page unfolds without end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from anju.kernel.declarations.reading import MAX_BYTES, read_file, read_text
from anju.kernel.errors import AnjuError


def complaints(text: str, *, as_written: bool = False) -> list[tuple[str, str]]:
    read = read_text(text, "page.yaml", as_written=as_written)
    assert {problem.code for problem in read.problems} <= {"declarations.yaml"}
    return [(problem.where, problem.what) for problem in read.problems]


@pytest.mark.parametrize(
    ("written", "value", "text"),
    [
        ("3", 3, 3), ("-1_000", -1000, -1000), ("0", 0, 0), ("1.10", Decimal("1.10"), "1.10"), ("1_0.5", Decimal("10.5"), "1_0.5"),
        ("2023-06-30", date(2023, 6, 30), "2023-06-30"), ("true", True, True), ("no", False, "no"), ("'no'", "no", "no"), ("~", None, None),
        ("[1, 2.5]", [1, Decimal("2.5")], [1, "2.5"]), ("{on: 1, yes: 2, 1: 3}", {"on": 1, "yes": 2, "1": 3}, {"on": 1, "yes": 2, "1": 3}),
    ],
)  # fmt: skip
def test_values_are_exact_or_as_written(written: str, value: Any, text: Any) -> None:
    for as_written, expected in ((False, value), (True, text)):
        read = read_text(f"a: {written}\n", "page.yaml", as_written=as_written)
        assert read.problems == []
        assert repr(read.data["a"]) == repr(expected)


@pytest.mark.parametrize(
    "written",
    [
        "2023-02-31", "2023-01-01 10:00:00", ".inf", ".nan", "1:30.5", "0512", "12:30", "0x1F", "=", "!!python/name:os.system x",
        "!!binary aGk=", "1.0e+99999999999999999999",
    ],
)  # fmt: skip
def test_what_is_no_plain_value_is_refused(written: str) -> None:
    assert [where for where, _ in complaints(f"b: 1\na: {written}\n")] == ["page.yaml:2"]


def test_codes_that_yaml_would_count_with_stay_as_written() -> None:
    assert read_text("a: 0512\nb: 12:30\nc: 2023-02-31\n", "page.yaml", as_written=True).data == {
        "a": "0512",
        "b": "12:30",
        "c": "2023-02-31",
    }
    assert [where for where, _ in complaints("a: !!python/name:os.system x", as_written=True)] == ["page.yaml:1"]


def test_every_mistake_has_its_line() -> None:
    page = "a: 1\nb:\n  c: [1,\n    .nan]\n  c: 2\na: 3\n? [x, y]\n: 4\n"
    assert complaints(page) == [
        ("page.yaml:4", "“.nan”读不懂。"),
        ("page.yaml:5", "“c”写了两次。"),
        ("page.yaml:6", "“a”写了两次。"),
        ("page.yaml:7", "键应是文字。"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [("a:\n  b: [x\n", 3, "YAML语法错误"), ("- a\n", 1, "最外层"), ("a: b\x00", 1, "读不了"), ("a: 1\n---\nb: 2\n", 2, "YAML语法错误")],
)
def test_a_page_that_cannot_be_read_has_no_entries(text: str, line: int, said: str) -> None:
    ((where, what),) = complaints(text)
    assert (where, read_text(text, "page.yaml").data) == (f"page.yaml:{line}", {})
    assert said in what


def test_the_nearest_place_is_shown() -> None:
    read = read_text("\n# a remark\na:\n  - b: 1\n    c: 2\n", "page.yaml")
    places = [("a", 0, "c"), ("a", 0, "d"), ("a", 7), ("x",), ()]
    assert [read.where(*path) for path in places] == ["page.yaml:5", "page.yaml:4", "page.yaml:3", "page.yaml:3", "page.yaml:3"]
    assert read_text("", "page.yaml").where("x") == "page.yaml:1"
    read.complain("some.code", "不对。", "请改。", "a", 0, "c")
    with pytest.raises(AnjuError, match="page.yaml:5：不对。"):
        read.refuse()


def test_a_page_that_unfolds_without_end_is_refused() -> None:
    levels = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 9)]
    bomb = "\n".join(["a0: &a0 [x]", *levels])
    assert [what for _, what in complaints(bomb)] == ["内容超过20000项。"]
    assert read_text(bomb, "page.yaml").data == {}
    assert [what for _, what in complaints("a: &a [*a]\n")] == ["层次太深。"]
    assert [what for _, what in complaints("a: " + "[" * 5000 + "]" * 5000)] == ["层次太深。"]
    assert [what for _, what in complaints("a: " + "[" * 13 + "]" * 13)] == ["层次太深。"]
    assert complaints("a: " + "[" * 12 + "]" * 12) == []


def test_a_file_is_utf_8_and_of_bearable_size(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text("\ufeff名称: 台账\n", encoding="utf-8")
    assert read_file(path, "page.yaml").data == {"名称": "台账"}
    path.write_bytes("名称: 台账\n".encode("gb18030"))
    assert [problem.where for problem in read_file(path, "page.yaml").problems] == ["page.yaml:1"]
    path.write_text("a: " + "x" * MAX_BYTES)
    assert "字节" in read_file(path, "page.yaml").problems[0].what
    path.unlink()
    assert [problem.code for problem in read_file(path, "page.yaml").problems] == ["declarations.yaml"]

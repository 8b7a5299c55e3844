"""The fast way over a column and the slow way over each cell give the same values and the same faults."""

from __future__ import annotations

import datetime

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from anju.kernel.codes.resident_id import check_character
from anju.kernel.ledgers import values
from anju.kernel.ledgers.declaration import Field
from anju.kernel.ledgers.parsing.reader import read_cell
from anju.kernel.ledgers.tests import fields as f

NUMBERS = st.from_regex(r"\A[ -]?[0-9]{1,12}(\.[0-9]{0,4})?(万元|亩|㎡|人次| )?\Z") | st.from_regex(
    r"\A-?[0-9]{1,3}(,[0-9]{3}){1,3}(\.[0-9]{1,3})?\Z"
)
DATES = st.dates(datetime.date(1890, 1, 1), datetime.date(2110, 1, 1)).flatmap(
    lambda day: st.sampled_from(
        [day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}", f"{day:%Y-%m}"]
    )
)
PEOPLE = st.integers(10**16, 10**17 - 1).map(lambda n: f"11010519{n % 10**9:09d}").map(lambda body: body + check_character(body))
ODD = st.sampled_from(
    [
        "已备案",
        "paid",
        "１２３",
        "-",
        "",
        "  ",
        "13800138000",
        "990121",
        "440106001002GB00003F00010001",
        "440106 001002 gb00003 W00000000",
        "2105-440106-04-01-123456",
        "20194401067003012345",
        "示例房发〔2023〕12号",
        "示例房发[2023]12号",
        "6222021234567890128",
        "11010519491231002X",
        "a(b)",
        "x\u200by",
        "1\n2",
    ]
)
WORDS = st.text(max_size=25) | NUMBERS | DATES | PEOPLE | ODD
TYPED = (
    st.floats(allow_nan=True, allow_infinity=True)
    | st.decimals(-(10**9), 10**9, places=2).map(float)
    | st.integers(-(10**6), 10**6).map(float)
)
MOMENTS = st.datetimes(datetime.datetime(1890, 1, 1), datetime.datetime(2110, 1, 1))  # noqa: DTZ001
CELLS = WORDS | TYPED | st.none() | MOMENTS | st.booleans()
UNITS = {f.AMOUNT.name: ("", "万元", "分"), f.AREA.name: ("", "亩", "万㎡"), f.LAND.name: ("", "㎡")}


def same(field: Field, raw: pl.Series, unit: str) -> None:
    parsed = values.parse_column(field, raw, unit=unit)
    unit = values.usable_unit(field, unit)
    cells = [read_cell(field, cell, unit) for cell in raw.to_list()]
    assert parsed.values.dtype == values.dtype_of(field)
    assert parsed.values.to_list() == [value for value, _ in cells]
    assert [(issue.row, issue.fault) for issue in parsed.issues] == [
        (row, fault) for row, (_, fault) in enumerate(cells) if fault is not None
    ]


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(f.EVERY), st.lists(WORDS | st.none(), min_size=1, max_size=12), st.integers(0, 2))
def test_columns_of_text(field: Field, cells: list[str | None], choice: int) -> None:
    units = UNITS.get(field.name, ("",))
    same(field, pl.Series("x", cells, dtype=pl.String), units[choice % len(units)])


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(f.EVERY), st.lists(TYPED | st.none(), min_size=1, max_size=12))
@example(f.EVERY[0], [0.0, -0.0])
def test_columns_of_numbers(field: Field, cells: list[float | None]) -> None:
    same(field, pl.Series("x", cells, dtype=pl.Float64), "")


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(f.EVERY), st.lists(CELLS, min_size=1, max_size=12))
def test_columns_of_mixed_cells(field: Field, cells: list[object]) -> None:
    same(field, pl.Series("x", cells, dtype=pl.Object), "")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(f.EVERY), CELLS)
def test_what_was_read_can_be_written_and_read_again(field: Field, cell: object) -> None:
    value, fault = read_cell(field, cell)
    if value is not None and (fault is None or fault.level == "confirm"):
        assert read_cell(field, values.as_text(field, value)) == (value, fault)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)), min_size=1))
def test_columns_of_dates(days: list[datetime.date]) -> None:
    same(f.DAY, pl.Series("x", days, dtype=pl.Date), "")
    same(f.MONTH, pl.Series("x", days, dtype=pl.Date), "")

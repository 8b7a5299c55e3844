"""Which rows of a sheet are records, and which are blank, totals, repeated headings, section titles or signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import polars as pl

from anju.kernel.ledgers.workbook.grids import Grid
from anju.kernel.ledgers.workbook.headers import Header

TOTAL = r"^(.{0,14}(合计|小计|总计|累计|共计)([（(].{0,14}[)）])?[:：]?|(合计|小计|总计|累计|共计).{0,14})$"
NOTE = (
    r"^((填报|填表|制表|报送|打印|统计)(单位|部门|人|时间|日期|机关)?|制表人?|(初|复|会)?审核?人?|复核人?|审批人?|(单位|分管|主要|股室)?(负责人|领导)(签字|签章|签名)?"
    r"|经办人|经手人|统计人|联系人|联系电话|电话|日期|备注|附?注|说明)[:：]|^第.{1,6}页|^[（(]?(盖章|公章|签章)[）)]?$"
)
_ORDINALS = frozenset({"甲", "乙", "丙", "丁", "栏次", "行次"})


class Kind(IntEnum):
    """What a row of the sheet is."""

    TITLE = 0
    HEADER = 1
    DATA = 2
    BLANK = 3
    TOTAL = 4
    NOTE = 5
    HEADING = 6

    @property
    def label(self) -> str:
        return ("标题", "表头", "数据", "空行", "合计行", "落款或说明", "重复的标题或表头")[self]


@dataclass(frozen=True, slots=True)
class Sorted:
    """`kinds`: one Kind per row of the sheet. `totals`: the total rows with the word that made them one."""

    kinds: pl.Series
    totals: tuple[tuple[int, str], ...]

    def rows(self, kind: Kind) -> list[int]:
        """The rows (from 0) of this kind."""
        return self.kinds.to_frame("kind").with_row_index("row").filter(pl.col("kind") == int(kind))["row"].to_list()


def sort_rows(grid: Grid, columns: Sequence[pl.Series], header: Header, required: frozenset[str]) -> Sorted:
    """Sort the rows below `header`; `columns` are the grid's with merged cells filled.

    Only a row that lacks a required cell can be a total or a note, so a project called “……小计” stays a record.
    """
    first = header.bottom + 1
    height = grid.height
    frame = pl.DataFrame([column.slice(first).alias(str(index)) for index, column in enumerate(columns)]).with_row_index("row", first)
    names = [str(index) for index in range(grid.width)]
    matched = [column for column in header.columns if column.match]
    needed = [str(column.index) for column in matched if column.match and column.match.name in required]
    needed = needed or [str(column.index) for column in matched] or names
    marked = frame.select(
        pl.col("row"),
        pl.all_horizontal(pl.col(name).is_null() for name in names).alias("blank"),
        pl.any_horizontal(pl.col(name).is_null() for name in needed).alias("lacking"),
        _repeats(header, names).alias("heading"),
    )
    kinds = [int(Kind.TITLE)] * header.top + [int(Kind.HEADER)] * (header.bottom - header.top + 1)
    body = marked.select(
        pl.when("blank")
        .then(int(Kind.BLANK))
        .when("heading")
        .then(int(Kind.HEADING))
        .otherwise(int(Kind.DATA))
        .cast(pl.UInt8)
        .alias("kind")
    )["kind"]
    all_kinds = pl.concat([pl.Series("kind", kinds, dtype=pl.UInt8), body]).head(height)
    suspects = frame.filter(marked["lacking"] & ~marked["blank"] & ~marked["heading"])
    return _settle(grid, header, all_kinds, suspects, names)


def _repeats(header: Header, names: list[str]) -> pl.Expr:
    """A row that repeats the header, as at the top of every printed page: most of its labels, each in its own column."""
    labelled = [(str(column.index), column.parts[-1]) for column in header.columns if column.parts]
    same = pl.sum_horizontal((pl.col(name).fill_null("") == text).cast(pl.UInt16) for name, text in labelled)
    return same >= max(2, (3 * len(labelled) + 4) // 5)


def _settle(grid: Grid, header: Header, kinds: pl.Series, suspects: pl.DataFrame, names: list[str]) -> Sorted:
    rows: list[int] = []
    found: list[int] = []
    totals: list[tuple[int, str]] = []
    numbering = _numbering_row(grid, header)
    if numbering is not None:
        rows.append(numbering)
        found.append(int(Kind.HEADER))
    if suspects.height:
        wide = {merge.top for merge in grid.merges or [] if merge.right > merge.left and 2 * (merge.right - merge.left + 1) >= grid.width}
        for row, total, note, cells, text in _judged(suspects, names).iter_rows():
            kind = _kind(total, note, cells, text, row in wide, header)
            if kind is None or row == numbering:
                continue
            rows.append(row)
            found.append(int(kind))
            if kind == Kind.TOTAL:
                totals.append((row, total))
    return Sorted(kinds.clone().scatter(rows, found) if rows else kinds, tuple(totals))


def _judged(suspects: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    squeezed = [pl.col(name).str.replace_all(r"[\s　]+", "") for name in names]
    first = pl.coalesce(squeezed)
    totals = pl.coalesce(pl.when(text.str.contains(TOTAL)).then(text) for text in squeezed)
    filled = pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.UInt16) for name in names)
    judged = suspects.select(
        pl.col("row"), totals.alias("total"), first.str.contains(NOTE).alias("note"), filled.alias("cells"), first.alias("text")
    )
    single = pl.col("cells") == 1
    return judged.filter(pl.col("total").is_not_null() | pl.col("note") | single)


def _kind(total: str | None, note: bool, cells: int, text: str, wide: bool, header: Header) -> Kind | None:
    if note:
        return Kind.NOTE
    if total is not None:
        return Kind.TOTAL
    repeated = cells == 1 and text in {"".join(title.split()) for title in header.titles}
    return Kind.HEADING if repeated or (cells == 1 and wide) else None


def _numbering_row(grid: Grid, header: Header) -> int | None:
    """The row of column numbers under a statistical form's header (甲 乙 1 2 3), if there is one."""
    row = header.bottom + 1
    if row >= grid.height:
        return None
    cells = [re.sub(r"[\s()（）]", "", text) for text in grid.row(row) if text]
    numbers = [int(text) for text in cells if text.isascii() and text.isdigit() and len(text) <= 3]
    others = [text for text in cells if not text.isdigit()]
    consecutive = len(numbers) >= 3 and numbers == list(range(1, len(numbers) + 1))
    return row if consecutive and all(text in _ORDINALS for text in others) else None

"""Delimited text (csv, tsv) to a grid: encoding, delimiter and width are found out, not asked."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from pathlib import Path

import polars as pl

from anju.kernel.ledgers.workbook.cells import trimmed
from anju.kernel.ledgers.workbook.grids import Grid
from anju.kernel.ledgers.workbook.limits import Limits, refuse

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 200


def read_delimited(path: Path, limits: Limits) -> Grid:
    """The file as one grid named after it. Raises AnjuError `workbook.encoding`, `.not_a_table`, `.too_many_rows`, `.too_many_columns`."""
    data = as_utf8(path.read_bytes())
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    sample = _sample(data)
    delimiter = sniff_delimiter(sample)
    widths = [len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=delimiter)]
    width = max(widths, default=0)
    _check_width(width, limits)
    if data.count(b"\n") > limits.rows * 2:
        raise _too_many_rows(limits)
    columns = _read_fast(data, delimiter, width) or _read_carefully(data, delimiter, limits)
    grid = Grid(name=path.stem, columns=columns, merges=None)
    if grid.height > limits.rows:
        raise _too_many_rows(limits)
    return grid


def as_utf8(data: bytes) -> bytes:
    """The same text in UTF-8 without a mark; UTF-8, GB18030 (GBK, GB2312) and marked UTF-16 are understood."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return _recoded(rest, encoding)
    if b"\x00" in data[:4096]:
        raise refuse("not_a_table", "这不是文本表格，也不是可识别的工作簿。", "请提供 .xlsx、.xls 或 .csv 文件。")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _recoded(data, "gb18030")
    return data


def _recoded(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(
            "encoding", f"第{line}行有无法识别的文字编码。", "请在 Excel 中另存为“CSV UTF-8”或 .xlsx 后再导入。", where=f"第{line}行"
        ) from error


def _sample(data: bytes) -> str:
    text = data[: 1 << 20].decode("utf-8", errors="ignore")
    return "".join(text.splitlines(keepends=True)[:_SAMPLE_LINES])


def sniff_delimiter(sample: str) -> str:
    """The delimiter that splits most lines into the same number (at least two) of cells; a comma when none does."""
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        widths = Counter(len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=delimiter))
        score = max((lines * (width - 1) for width, lines in widths.items() if width > 1), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _read_fast(data: bytes, delimiter: str, width: int) -> list[pl.Series] | None:
    # Polars takes the width from the first line, which is often a title: a line of our own goes before it. One column more than seen
    # shows whether a later line is wider. A line break inside a quoted cell makes fewer rows than lines: then we read carefully.
    names = [str(index) for index in range(width + 1)]
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    header = (delimiter.join(names) + "\n").encode()
    try:
        frame = pl.read_csv(header + data, separator=delimiter, infer_schema=False, truncate_ragged_lines=True)
    except pl.exceptions.PolarsError:
        return None
    if frame.height != lines or frame.width != width + 1 or frame[names[-1]].null_count() != frame.height:
        return None
    return [trimmed(frame[name]) for name in names[:-1]]


def _read_carefully(data: bytes, delimiter: str, limits: Limits) -> list[pl.Series]:
    csv.field_size_limit(10 * 1024 * 1024)
    text = io.StringIO(data.decode("utf-8"), newline="")
    try:
        rows = [cells for _, cells in zip(range(limits.rows + 1), csv.reader(text, delimiter=delimiter), strict=False)]
    except csv.Error as error:
        raise refuse("damaged", "文本表格的引号不成对，读不下去。", "请在 Excel 中打开核对后另存为 .xlsx 再导入。") from error
    width = max((len(cells) for cells in rows), default=0)
    _check_width(width, limits)
    padded = [cells + [""] * (width - len(cells)) for cells in rows]
    return [trimmed(pl.Series(str(index), values, dtype=pl.String)) for index, values in enumerate(zip(*padded, strict=True))]


def _check_width(width: int, limits: Limits) -> None:
    if width > limits.columns:
        raise refuse("too_many_columns", f"有 {width} 列，超过 {limits.columns} 列。", "请删去多余的列，或核对分隔符。")


def _too_many_rows(limits: Limits) -> Exception:
    return refuse("too_many_rows", f"超过 {limits.rows} 行。", "请按月份或年度拆分后分别导入。")

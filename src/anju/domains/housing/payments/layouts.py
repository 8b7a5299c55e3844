"""Layouts of the file that goes to the bank and of the one that comes back (docs/bank-files.md). A layout is data; banks differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from anju.kernel.errors import AnjuError

MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Instruction:
    """One payment as the bank gets it; `amount` in fen."""

    payment_no: str
    name: str
    account: str
    bank: str
    amount: int
    purpose: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the bank's answer. `failure`: empty when it was paid."""

    payment_no: str
    amount: int
    failure: str


@dataclass(frozen=True, slots=True)
class Layout:
    """`encoding` of the bytes; `line` writes an instruction, `head` and `tail` the frame around all of them; `read` reads an answer."""

    name: str
    title: str
    encoding: str
    suffix: str
    head: Callable[[str, int, int], str]
    line: Callable[[Instruction], str]
    read: Callable[[str], Answer | None]

    def written(self, batch_no: str, instructions: Iterable[Instruction]) -> bytes:
        """The file of a batch: the same instructions give the same bytes."""
        rows = list(instructions)
        lines = [self.head(batch_no, len(rows), sum(row.amount for row in rows)), *(self.line(row) for row in rows)]
        try:
            return "".join(f"{line}\r\n" for line in lines if line).encode(self.encoding)
        except UnicodeEncodeError as error:
            what = f"“{error.object[error.start : error.end]}”不在 {self.encoding} 字符集中。"
            raise AnjuError.of("housing.bank_charset", what, advice="请换用 UTF-8 或 GB18030 的格式。") from error

    def answers(self, content: bytes) -> list[Answer]:
        """The lines of an answer. Raises AnjuError `housing.bank_file_unreadable`, with the line."""
        if len(content) > MAX_BYTES:
            raise AnjuError.of("housing.bank_file_too_large", "回盘文件过大。", advice="请分批回盘。")
        try:
            lines = content.decode(self.encoding).splitlines()
        except UnicodeDecodeError:
            raise AnjuError.of(
                "housing.bank_file_unreadable", f"文件不是 {self.encoding} 编码。", advice="请核对选择的银行格式。"
            ) from None
        found = []
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                answer = self.read(line)
            except (ValueError, IndexError):
                raise AnjuError.of(
                    "housing.bank_file_unreadable", "这一行不合格式。", where=f"第{number}行", advice="请核对选择的银行格式。"
                ) from None
            if answer is not None:
                found.append(answer)
        return found


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _fen(text: str) -> int:
    whole, _point, cents = text.strip().replace(",", "").partition(".")
    if not whole.isascii() or not whole.isdigit() or (cents and not (cents.isascii() and cents.isdigit())) or len(cents) > 2:
        raise ValueError(text)
    return int(whole) * 100 + int(cents.ljust(2, "0") or "0")


def _clean(text: str) -> str:
    # A separator inside a value would shift every column after it.
    return "".join(character for character in text if character not in ',"|\r\n\t').strip()


def _csv_head(batch: str, rows: int, total: int) -> str:
    return "发放编号,户名,账号,开户行,金额,用途"


def _csv_line(row: Instruction) -> str:
    return ",".join([row.payment_no, _clean(row.name), row.account, _clean(row.bank), _yuan(row.amount), _clean(row.purpose)])


def _csv_answer(line: str) -> Answer | None:
    cells = [cell.strip().strip('"') for cell in line.split(",")]
    if cells[0] in ("发放编号", "流水号"):
        return None
    return Answer(cells[0], _fen(cells[1]), _failure(cells[2], cells[3] if len(cells) > 3 else ""))


def _fixed_line(row: Instruction) -> str:
    return f"{row.payment_no:<32}{row.account:<32}{row.amount:015d}{_clean(row.name)}"


def _fixed_answer(line: str) -> Answer | None:
    if line.startswith("H"):
        return None
    return Answer(line[:32].strip(), int(line[32:47]), _failure(line[47:51].strip(), line[51:].strip()))


def _failure(code: str, words: str) -> str:
    return "" if code in ("0000", "成功", "S") else (words or code or "失败")[:120]


LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout(
            "csv-utf8",
            "逗号分隔（UTF-8）",
            "utf-8",
            "csv",
            _csv_head,
            _csv_line,
            _csv_answer,
        ),
        Layout(
            "csv-gb18030",
            "逗号分隔（GB18030）",
            "gb18030",
            "csv",
            lambda batch, rows, total: f"{batch},{rows},{_yuan(total)}",
            _csv_line,
            _csv_answer,
        ),
        Layout(
            "fixed-gb18030",
            "定长（GB18030）",
            "gb18030",
            "txt",
            lambda batch, rows, total: f"H{batch:<31}{rows:08d}{total:015d}",
            _fixed_line,
            _fixed_answer,
        ),
    )
}


def layout_of(name: str) -> Layout:
    """A layout by name. Raises AnjuError `housing.no_such_layout`."""
    if name not in LAYOUTS:
        raise AnjuError.of("housing.no_such_layout", f"没有名为“{name}”的银行格式。", advice=f"可用：{'、'.join(LAYOUTS)}。")
    return LAYOUTS[name]

"""The words of a DOCX: paragraphs, tables, text boxes and footnotes in order, each run with its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from anju.kernel.reading.inputs.plain import tidy
from anju.kernel.reading.inputs.source import MOST_CHARACTERS, RunPlace, Source, refuse, too_long

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BODY, FOOTNOTES, ENDNOTES = "word/document.xml", "word/footnotes.xml", "word/endnotes.xml"
MOST_PARTS = 2000
MOST_PART_BYTES = 40_000_000
MOST_INFLATED_BYTES = 300_000_000
_DAMAGED = "请用 Word 或 WPS 重新打开并另存为 .docx 再上传。"


def read_docx_text(content: bytes, name: str) -> Source:
    """Read a DOCX within limits. Raises AnjuError `reading.not_a_docx`, `reading.inflates`, `reading.macros`, `reading.entities`,
    `reading.encrypted` or `reading.too_long`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _inspect(package, name)
            parts = {part: _tree(package, part, name) for part in (BODY, FOOTNOTES, ENDNOTES) if part in package.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, etree.XMLSyntaxError, RuntimeError) as error:
        raise refuse("not_a_docx", "这个文件不是 DOCX，或已损坏。", name, _DAMAGED) from error
    words = _Words(name)
    for part, root in parts.items():
        words.add_part(part, root)
    return Source(name, "docx", "".join(words.pieces), tuple(words.runs))


def _inspect(package: zipfile.ZipFile, name: str) -> None:
    members = package.infolist()
    names = {member.filename for member in members}
    if len(members) > MOST_PARTS:
        raise refuse("inflates", f"文件里有{len(members)}个部分，最多{MOST_PARTS}个。", name, _DAMAGED)
    if sum(member.file_size for member in members) > MOST_INFLATED_BYTES:
        raise refuse("inflates", "文件解压后过大，可能是恶意文件。", name, "请只保留文字，另存为新的 .docx 再上传。")
    if any(member.flag_bits & 1 for member in members):
        raise refuse("encrypted", "文件设了打开密码。", name, "请取消密码后再上传。")
    if any(part.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in names):
        raise refuse("macros", "文件带有宏。", name, "请另存为不带宏的 .docx 再上传。")
    if BODY not in names:
        raise refuse("not_a_docx", "这个文件不是 Word 文档。", name, "请提供 .docx、.txt 或带文字的 .pdf。")


def _tree(package: zipfile.ZipFile, part: str, name: str) -> etree._Element:
    with package.open(part) as stream:
        # The size in the directory is what the file claims; what comes out is what counts.
        xml = stream.read(MOST_PART_BYTES + 1)
    if len(xml) > MOST_PART_BYTES:
        raise refuse("inflates", "文件的正文部分过大。", name, "请分成几份再读。")
    tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if tree.getroottree().docinfo.doctype:
        raise refuse("entities", "文件的正文声明了外部实体，可能是恶意文件。", name, _DAMAGED)
    return tree


class _Words:
    """Collects the text part by part, one line a paragraph; cells of a row are parted by tabs."""

    def __init__(self, name: str) -> None:
        self.pieces: list[str] = []
        self.runs: list[RunPlace] = []
        self._name = name
        self._length = 0

    def add_part(self, part: str, root: etree._Element) -> None:
        numbers = {run: number for number, run in enumerate(root.iter(f"{_W}r"))}
        for paragraph in root.iter(f"{_W}p"):
            if next(paragraph.iterancestors(_FALLBACK), None) is not None:
                continue
            before = self._length
            for run in _own_runs(paragraph):
                self._add_run(part, numbers[run], run)
            if self._length > before or not _in_cell(paragraph):
                self._add("\t" if _is_in_inner_cell(paragraph) else "\n")

    def _add_run(self, part: str, number: int, run: etree._Element) -> None:
        written = tidy("".join(_text(child) for child in run))
        if written:
            self.runs.append(RunPlace(self._length, self._length + len(written), part, number))
            self._add(written)

    def _add(self, written: str) -> None:
        self.pieces.append(written)
        self._length += len(written)
        if self._length > MOST_CHARACTERS:
            raise too_long(self._name)


def _own_runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph without those of text boxes inside it, which are paragraphs of their own."""
    for run in paragraph.iter(f"{_W}r"):
        if next(run.iterancestors(f"{_W}p"), None) is paragraph and next(run.iterancestors(_FALLBACK), None) is None:
            yield run


def _in_cell(paragraph: etree._Element) -> bool:
    return str(paragraph.getparent().tag) == f"{_W}tc"


def _is_in_inner_cell(paragraph: etree._Element) -> bool:
    """Whether the paragraph ends a cell that another cell of the row follows."""
    cell = paragraph.getparent()
    if cell.tag != f"{_W}tc" or paragraph.getnext() is not None:
        return False
    following = cell.getnext()
    return following is not None and str(following.tag) == f"{_W}tc"


def _text(element: etree._Element) -> str:
    """The characters one child of a run prints. Text that a tracked change deleted is w:delText and so not read."""
    if element.tag == f"{_W}t":
        return (element.text or "").replace("\n", " ")
    return {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}.get(element.tag, "")

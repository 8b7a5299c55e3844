"""Read a document back: its words inside and outside of bookmarks, and the evidence map, wherever a program moved it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from anju.kernel.errors import AnjuError
from anju.kernel.reports.built import Run
from anju.kernel.reports.docx.evidence_part import EvidenceMap, read_map

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_PART_BYTES = 64_000_000
MAX_PARTS = 2000
_DOCUMENT = "word/document.xml"


class Read:
    """What a document says. `paragraphs`: those with any text, as runs; `figure` of a run is the bookmark it stands in.

    `map_intact`: the map's digest fits its content. `bookmarks`: the figures' bookmarks found, also empty ones.
    """

    def __init__(self, paragraphs: list[tuple[Run, ...]], bookmarks: set[str], found: EvidenceMap, map_intact: bool) -> None:
        self.paragraphs, self.bookmarks, self.map, self.map_intact = paragraphs, bookmarks, found, map_intact

    def text_of(self, bookmark: str) -> str:
        """The words inside a bookmark, across runs and paragraphs."""
        return "".join(run.text for paragraph in self.paragraphs for run in paragraph if run.figure == bookmark)


def read_docx(path: Path) -> Read:
    """Read a DOCX. Raises AnjuError `reports.verify.not_a_docx`, `reports.verify.no_map` or `reports.verify.damaged_map`."""
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            if len(names) > MAX_PARTS or _DOCUMENT not in names:
                raise _not_a_docx(path)
            found = _map(package, names)
            tree = _parse(_part(package, _DOCUMENT))
    except (zipfile.BadZipFile, OSError, etree.XMLSyntaxError, EOFError) as error:
        raise _not_a_docx(path) from error
    if found is None:
        raise AnjuError.of(
            "reports.verify.no_map",
            "这个文件里没有数据对照表，不是本系统导出的报告，或对照表已被删除。",
            where=path.name,
            advice="请找系统导出的原件核对。",
        )
    document = _Document({figure.bookmark for figure in found[0].figures})
    body = tree.find(f"{_W}body")
    for paragraph in () if body is None else body.iter(f"{_W}p"):
        document.read(paragraph)
    return Read(document.paragraphs, document.bookmarks, *found)


def _not_a_docx(path: Path) -> AnjuError:
    return AnjuError.of("reports.verify.not_a_docx", "这个文件不是DOCX，或已损坏。", where=path.name, advice="请选择系统导出的DOCX文件。")


def _map(package: zipfile.ZipFile, names: list[str]) -> tuple[EvidenceMap, bool] | None:
    # By content, not by name: LibreOffice renames the part when it saves.
    for name in names:
        if name.startswith("customXml/") and name.endswith(".xml"):
            found = read_map(_part(package, name))
            if found is not None:
                return found
    return None


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).file_size > MAX_PART_BYTES:
        raise AnjuError.of("reports.verify.too_big", f"文件的一个部分超过{MAX_PART_BYTES}字节。", advice="请选择系统导出的DOCX文件。")
    return package.read(name)


def _parse(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


class _Document:
    """Walks paragraphs in order and keeps the figures' bookmarks that are open."""

    def __init__(self, ours: set[str]) -> None:
        self.paragraphs: list[tuple[Run, ...]] = []
        self.bookmarks: set[str] = set()
        self._ours = ours
        self._open: dict[str, str] = {}

    def read(self, paragraph: etree._Element) -> None:
        runs: list[Run] = []
        for element in paragraph.iter():
            if element.tag == f"{_W}bookmarkStart":
                self._begin(element)
            elif element.tag == f"{_W}bookmarkEnd":
                self._open.pop(element.get(f"{_W}id", ""), None)
            else:
                # Text a tracked change deleted is w:delText and so not read: what counts is what is printed.
                text = _text(element)
                if text:
                    _append(runs, Run(text, next(reversed(self._open.values()), "")))
        if "".join(run.text for run in runs).strip():
            self.paragraphs.append(tuple(runs))

    def _begin(self, element: etree._Element) -> None:
        name = element.get(f"{_W}name", "")
        # Others may stand around or inside ours: Word's _GoBack, a reader's own.
        if name in self._ours:
            self.bookmarks.add(name)
            self._open[element.get(f"{_W}id", "")] = name


def _text(element: etree._Element) -> str:
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag == f"{_W}noBreakHyphen":
        return "-"
    return "\t" if element.tag == f"{_W}tab" and element.getparent().tag == f"{_W}r" else ""


def _append(runs: list[Run], run: Run) -> None:
    if runs and runs[-1].figure == run.figure:
        runs[-1] = Run(runs[-1].text + run.text, run.figure)
    else:
        runs.append(run)

"""From a built report to a DOCX."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from anju.kernel.reports.built import Block, Built
from anju.kernel.reports.docx.evidence_part import attach
from anju.kernel.reports.docx.packing import packed, set_properties
from anju.kernel.reports.docx.page import lay_out
from anju.kernel.reports.docx.paragraphs import Writer
from anju.kernel.reports.docx.signature import indents
from anju.kernel.reports.docx.styles import set_styles
from anju.kernel.reports.docx.titles import title_lines

MOVED_CHARACTERS = 140
"""A last paragraph of up to five lines moves to the page of the signature, which may not stand on a page alone (clause 7.3.5.5)."""


def render_docx(built: Built) -> bytes:
    """The document of a built report (GB/T 9704-2012); the same report always gives the same bytes."""
    document = Document()
    for paragraph in list(document.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)
    set_styles(document)
    lay_out(document)
    writer = Writer(document)
    name_indent, date_indent = _signature(built)
    before: Block | None = None
    for block in built.blocks:
        signing = block.kind in ("signature", "date")
        if signing and before is not None and len(before.text) <= MOVED_CHARACTERS:
            writer.keep_last()
        for _ in range(_blank_lines(before, block, sealed=built.sealed)):
            writer.blank(keep=signing)
        indent = name_indent if block.kind == "signature" else date_indent if block.kind == "date" else 0
        if block.kind == "title":
            writer.add_title(title_lines(block.text, (built.bureau_name, built.period_label)))
        else:
            writer.add(block, right_twips=indent)
        before = block
    set_properties(document, title=built.title, author=built.bureau_name, dated=built.dated)
    attach(document, built)
    return packed(document)


def write_docx(built: Built, path: Path) -> None:
    """Write the document to a file, whole or not at all."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(render_docx(built))
    unfinished.replace(path)


def _signature(built: Built) -> tuple[int, int]:
    name = next((block.text for block in built.blocks if block.kind == "signature"), "")
    date = next((block.text for block in built.blocks if block.kind == "date"), "")
    return indents(name, date, sealed=built.sealed)


def _blank_lines(before: Block | None, block: Block, *, sealed: bool) -> int:
    """Empty lines that part the elements (clauses 7.3.1-7.3.5): after the title, before an attachment note,
    before the signature (one more when a seal will stand there).
    """
    if before is None:
        return 0
    if block.kind == "title":
        return 2 if before.kind == "number" else 0
    if before.kind in ("title", "subtitle") and block.kind not in ("title", "subtitle"):
        return 1
    if block.kind == "attachment":
        return 0 if before.kind == "attachment" else 1
    if block.kind == "signature" or (block.kind == "date" and before.kind != "signature"):
        return 2 if sealed else 1
    return 0

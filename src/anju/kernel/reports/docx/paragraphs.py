"""One paragraph of each kind, with a bookmark around every figure."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from anju.kernel.reports.built import Block, Run
from anju.kernel.reports.docx.page import PITCH_POINTS
from anju.kernel.reports.docx.styles import LEADS

STYLE_OF_LEVEL = {1: "Heading 1", 2: "Heading 2", 3: "Heading 3", 4: "Heading 4"}


class Writer:
    """Adds the blocks to a document in order; bookmark numbers run through the whole document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._bookmark = 0

    def add_title(self, lines: list[str]) -> None:
        """The title, centred, in the lines it was broken into."""
        paragraph = self._document.add_paragraph(style="Title")
        align(paragraph, "center")
        for number, line in enumerate(lines):
            run = paragraph.add_run(line)
            hint_east_asian(run, None)
            if number < len(lines) - 1:
                run.add_break()

    def add(self, block: Block, *, right_twips: int = 0) -> None:
        """`right_twips`: the right indent of a signature or date."""
        whole = block.level > 0 and block.lead == len(block.runs)
        style = STYLE_OF_LEVEL[block.level] if whole else "Normal"
        paragraph = self._document.add_paragraph(style=style)
        if block.kind in ("number", "subtitle"):
            align(paragraph, "center")
        elif block.kind in ("signature", "date"):
            align(paragraph, "right", right_twips=right_twips)
        elif block.kind == "addressee":
            align(paragraph, "both")
        else:
            align(paragraph, "both", first_line=True)
        lead = LEADS[block.level][0] if block.level and not whole else None
        for index, run in enumerate(block.runs):
            self._run(paragraph, run, style=lead if index < block.lead else None)

    def blank(self, *, keep: bool = False) -> None:
        """An empty line; `keep`: on the page of what follows it."""
        paragraph = self._document.add_paragraph(style="Normal")
        if keep:
            paragraph.paragraph_format.keep_with_next = True

    def keep_last(self) -> None:
        """Let the last paragraph written end on the page where what follows begins."""
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True

    def _run(self, paragraph: Any, run: Run, *, style: str | None) -> None:
        if not run.text:
            return
        identifier = str(self._bookmark)
        if run.figure:
            self._bookmark += 1
            start = OxmlElement("w:bookmarkStart")
            start.set(qn("w:id"), identifier)
            start.set(qn("w:name"), run.figure)
            paragraph._p.append(start)
        written = paragraph.add_run(run.text, style=style)
        hint_east_asian(written, style)
        if run.figure:
            end = OxmlElement("w:bookmarkEnd")
            end.set(qn("w:id"), identifier)
            paragraph._p.append(end)


def hint_east_asian(run: Any, style: str | None) -> None:
    """Let marks that both scripts have take the East Asian font; the fonts themselves stay in the style."""
    element = OxmlElement("w:rFonts")
    element.set(qn("w:hint"), "eastAsia")
    properties = run._r.get_or_add_rPr()
    properties.insert(1 if style else 0, element)


def align(paragraph: Any, side: str, *, first_line: bool = False, right_twips: int = 0) -> None:
    """Alignment, the two-character first line (GB/T 9704 clause 7.3.3), or the right indent of a signature."""
    properties = paragraph._p.get_or_add_pPr()
    indent = OxmlElement("w:ind")
    if first_line:
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), str(round(2 * PITCH_POINTS * 20)))
    if right_twips:
        indent.set(qn("w:right"), str(right_twips))
    if first_line or right_twips:
        properties.append(indent)
    alignment = OxmlElement("w:jc")
    alignment.set(qn("w:val"), side)
    properties.append(alignment)

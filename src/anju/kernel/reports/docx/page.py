"""The page of GB/T 9704-2012: A4, 版心 156x225 mm, 22 lines of 28 characters, page numbers outside."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt

LINE_TWIPS = 579
"""28.95 pt: 22 lines fill 225 mm (clause 5.2.3; the 7/8 rule of the standard would overflow it)."""

CHARACTER_POINTS = 16
"""三号."""

TEXT_WIDTH_TWIPS = 11906 - 1474 - 1587
PITCH_POINTS = TEXT_WIDTH_TWIPS / 20 / 28


def lay_out(document: Document) -> None:
    """Set paper, margins, grid and page numbers on the document's only section."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = Mm(37), Mm(26), Mm(35), Mm(28)
    section.header_distance, section.footer_distance = Mm(15), Mm(24)
    section.gutter = Emu(0)
    _grid(section)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], "right")
    _page_number(section.even_page_footer.paragraphs[0], "left")


def _grid(section: Section) -> None:
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINE_TWIPS))
    # In 1/4096 pt, what a character's width is short of its size: 156 mm / 28 is a little less than 16 pt.
    grid.set(qn("w:charSpace"), str(round((PITCH_POINTS - CHARACTER_POINTS) * 4096)))
    properties.append(grid)


def _page_number(paragraph: Any, side: str) -> None:
    """`— 1 —` in 四号 宋体, one blank from the outer edge (clause 7.5)."""
    paragraph.style = "Footer"
    properties = paragraph._p.get_or_add_pPr()
    indent = OxmlElement("w:ind")
    indent.set(qn(f"w:{side}Chars"), "100")
    indent.set(qn(f"w:{side}"), "280")
    properties.append(indent)
    alignment = OxmlElement("w:jc")
    alignment.set(qn("w:val"), side)
    properties.append(alignment)
    paragraph.add_run("— ")
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), (None, "1"), ("end", "")):
        run = paragraph.add_run()
        if kind is None:
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)
    paragraph.add_run(" —")


def points(value: float) -> Pt:
    """Points as python-docx wants them."""
    return Pt(value)

"""The statutory fonts, as styles: python-docx sets only Latin fonts, so East Asian ones are written here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from anju.kernel.reports.docx.page import LINE_TWIPS

TITLE_FONT, BODY_FONT, HEADING_FONT, SUBHEADING_FONT, FOOTER_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN_FONT = "Times New Roman"
PITCH_TWIPS = -6
"""What a 16 pt character gives up (0.3 pt, finer is lost to rounding in LibreOffice) so that 28 of them fill 156 mm."""
THREE, TWO, FOUR = 16, 22, 14
"""三号, 二号, 四号 in points."""


@dataclass(frozen=True, slots=True)
class Face:
    """Font and size of one kind of paragraph; `outline` is the heading's level in the navigation pane."""

    style: str
    font: str
    points: int
    outline: int | None = None


PARAGRAPHS = (
    Face("Title", TITLE_FONT, TWO),
    Face("Heading 1", HEADING_FONT, THREE, 0),
    Face("Heading 2", SUBHEADING_FONT, THREE, 1),
    Face("Heading 3", BODY_FONT, THREE, 2),
    Face("Heading 4", BODY_FONT, THREE, 3),
    Face("Footer", FOOTER_FONT, FOUR),
)
LEADS = {1: ("标题一引句", HEADING_FONT), 2: ("标题二引句", SUBHEADING_FONT), 3: ("标题三引句", BODY_FONT), 4: ("标题四引句", BODY_FONT)}
"""Character styles of run-in headings, by level."""


def set_styles(document: Document) -> None:
    """Body, title, four heading levels, page number, and character styles for run-in headings."""
    _defaults(document)
    normal = document.styles["Normal"]
    _face(normal, BODY_FONT, THREE)
    _paragraph(normal, exact=True)
    normal.paragraph_format.widow_control = False
    for face in PARAGRAPHS:
        style = document.styles[face.style]
        style.base_style = normal
        _face(style, face.font, face.points)
        _paragraph(style, exact=face.style != "Footer")
        style.paragraph_format.keep_with_next = face.outline is not None
        if face.outline is not None:
            _outline(style, face.outline)
    for name, font in LEADS.values():
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        _face(style, font, THREE)


def _defaults(document: Document) -> None:
    """No theme font and no spacing behind our backs; Chinese proofing, so that quotation marks are Chinese."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for properties in defaults.iter(qn("w:rPr")):
        for child in list(properties):
            properties.remove(child)
        properties.append(fonts(BODY_FONT))
        language = OxmlElement("w:lang")
        for name, value in (("val", "en-US"), ("eastAsia", "zh-CN"), ("bidi", "ar-SA")):
            language.set(qn(f"w:{name}"), value)
        properties.append(language)
    for properties in defaults.iter(qn("w:pPr")):
        for child in list(properties):
            properties.remove(child)


def fonts(east_asian: str) -> Any:
    """A w:rFonts with this East Asian font and, for digits, the Latin font of official documents; the title's digits are its own font's."""
    element = OxmlElement("w:rFonts")
    for name in ("ascii", "hAnsi", "cs"):
        element.set(qn(f"w:{name}"), east_asian if east_asian == TITLE_FONT else LATIN_FONT)
    element.set(qn("w:eastAsia"), east_asian)
    return element


def _face(style: Any, font: str, size: int) -> None:
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    properties.append(fonts(font))
    style.font.size = Pt(size)
    style.font.bold = False
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    if size == THREE:
        _tighten(properties)


def _tighten(properties: Any) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(PITCH_TWIPS))
    # Schema order: after the colour, before the size.
    properties.find(qn("w:color")).addnext(spacing)


def _paragraph(style: Any, *, exact: bool) -> None:
    properties = style.element.get_or_add_pPr()
    for child in list(properties):
        properties.remove(child)
    # Not snapped to the section's grid: exact lines and the tightened characters give the 22 x 28 of the grid in every program, while
    # LibreOffice would give a 16 pt character two of the grid's 15.8 pt cells.
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties.append(snap)
    spacing = OxmlElement("w:spacing")
    values = {"before": "0", "after": "0", "line": str(LINE_TWIPS if exact else 360), "lineRule": "exact"}
    for name, value in values.items():
        spacing.set(qn(f"w:{name}"), value)
    properties.append(spacing)


def _outline(style: Any, level: int) -> None:
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)

"""The DOCX follows GB/T 9704-2012 and is the same bytes for the same report."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from anju.kernel.reports.docx import render_docx
from anju.kernel.reports.docx.signature import indents, width_twips
from anju.kernel.reports.tests.sample import sample_report


@pytest.fixture(scope="module")
def document() -> Any:
    return Document(io.BytesIO(render_docx(sample_report())))


def east_asian_font(document: Any, style: str) -> str:
    fonts = document.styles[style].element.find(qn("w:rPr")).find(qn("w:rFonts"))
    return str(fonts.get(qn("w:eastAsia")))


def test_paper_and_margins(document: Any) -> None:
    section = document.sections[0]
    measured = [section.page_width, section.page_height]
    measured += [section.top_margin, section.right_margin, section.bottom_margin, section.left_margin]
    wanted = [Mm(210), Mm(297), Mm(37), Mm(26), Mm(35), Mm(28)]
    assert [abs(a - b) < Mm(0.1) for a, b in zip(measured, wanted, strict=True)] == [True] * 6


def test_the_grid_is_22_lines_of_28_characters(document: Any) -> None:
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "579")
    pitch_points = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert 28 * pitch_points == pytest.approx(156 / 25.4 * 72, abs=0.1)
    spacing = document.styles["Normal"].element.find(qn("w:pPr")).find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_statutory_fonts(document: Any, style: str, font: str, points: int) -> None:
    assert east_asian_font(document, style) == font
    assert document.styles[style].font.size.pt == points


def test_digits_are_times(document: Any) -> None:
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_body_is_indented_two_characters_and_the_addressee_is_not(document: Any) -> None:
    indents_of = {paragraph.text[:6]: paragraph._p.pPr.find(qn("w:ind")) for paragraph in document.paragraphs if paragraph.text}
    assert indents_of["2023年上"].get(qn("w:firstLineChars")) == "200"
    assert indents_of["县委、县政府"] is None


def test_a_run_in_heading_is_kai_and_its_text_is_not(document: Any) -> None:
    paragraph = next(each for each in document.paragraphs if each.text.startswith("（一）"))
    assert paragraph.style.name == "Normal"
    assert [run.style.name for run in paragraph.runs][:2] == ["标题二引句", "Default Paragraph Font"]
    assert east_asian_font(document, "标题二引句") == "楷体_GB2312"


def test_page_numbers_stand_outside(document: Any) -> None:
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        properties = footer.paragraphs[0]._p.pPr
        assert properties.find(qn("w:jc")).get(qn("w:val")) == side
        assert properties.find(qn("w:ind")).get(qn(f"w:{side}Chars")) == "100"
        assert footer.paragraphs[0].text.startswith("— ")
        assert footer.paragraphs[0].text.endswith(" —")


def bookmarks(document: Any) -> Iterator[tuple[str, str]]:
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        yield str(start.get(qn("w:id"))), str(start.get(qn("w:name")))


def test_every_figure_has_a_bookmark_of_its_own(document: Any) -> None:
    found = list(bookmarks(document))
    assert [name for _, name in found] == [figure.bookmark for figure in sample_report().figures]
    assert len({number for number, _ in found}) == len(found)


def test_the_same_report_is_the_same_bytes() -> None:
    first = render_docx(sample_report())
    time.sleep(2.1)  # zip times have a grain of two seconds
    assert render_docx(sample_report()) == first


def test_no_part_is_there_twice() -> None:
    names = zipfile.ZipFile(io.BytesIO(render_docx(sample_report()))).namelist()
    assert len(names) == len(set(names))
    assert "customXml/anjuEvidence.xml" in names


def test_properties_come_from_the_report(document: Any) -> None:
    properties = document.core_properties
    assert (properties.created.date().isoformat(), properties.author) == ("2023-07-05", "东原县房产服务中心")


@pytest.mark.parametrize("name", ["东原县房产服务中心", "东原县住房和城乡建设局房产服务中心办公室", "县局"])
def test_the_signature_is_centred_over_the_date_when_there_is_a_seal(name: str) -> None:
    date = "2023年7月5日"
    of_name, of_date = indents(name, date, sealed=True)
    middle_of_name, middle_of_date = of_name + width_twips(name) / 2, of_date + width_twips(date) / 2
    assert abs(middle_of_name - middle_of_date) <= 2
    assert of_date >= 4 * 315
    assert of_name >= 2 * 315


@pytest.mark.parametrize("name", ["东原县房产服务中心", "县局"])
def test_without_a_seal_the_date_begins_two_characters_right_of_the_name(name: str) -> None:
    date = "2023年7月5日"
    of_name, of_date = indents(name, date, sealed=False)
    start_of_name, start_of_date = of_name + width_twips(name), of_date + width_twips(date)
    assert start_of_name - start_of_date == pytest.approx(2 * 315.9, abs=3)
    assert min(of_name, of_date) == pytest.approx(2 * 315.9, abs=3)

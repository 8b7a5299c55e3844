"""What LibreOffice makes of the document: a page of 22 lines by 28 characters, and nothing lost when it is merely saved again."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.reports.comparing import changes
from anju.kernel.reports.docx import write_docx
from anju.kernel.reports.docx.reading import read_docx
from anju.kernel.reports.pdf import convert_to_pdf, resave_docx
from anju.kernel.reports.tests.sample import HAN, sample_report, text

pytestmark = pytest.mark.office

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Line:
    page: int
    left: float
    top: float
    right: float
    text: str


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write_docx(sample_report(full_pages=4), folder / "report.docx")
    convert_to_pdf(folder / "report.docx", folder / "report.pdf")
    return folder


@pytest.fixture(scope="module")
def lines(rendered: Path) -> list[Line]:
    boxes = rendered / "boxes.html"
    subprocess.run(["pdftotext", "-bbox-layout", str(rendered / "report.pdf"), str(boxes)], check=True)
    return sorted(_lines(boxes.read_text(encoding="utf-8")), key=lambda line: (line.page, round(line.top), line.left))


def _lines(html: str) -> Iterator[Line]:
    for page, content in enumerate(html.split("<page ")[1:], start=1):
        for match in re.finditer(r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</line>', content, re.DOTALL):
            words = "".join(re.findall(r">([^<]*)</word>", match[4]))
            yield Line(page, float(match[1]), float(match[2]), float(match[3]), words)


def body_of(lines: list[Line], page: int) -> list[Line]:
    return [line for line in lines if line.page == page and "—" not in line.text]


def test_a_full_page_has_22_lines_of_28_characters(lines: list[Line]) -> None:
    page = body_of(lines, 2)
    assert len(page) == 22
    full = [line.text for line in page if set(line.text) <= set(HAN) and page.index(line) not in (0, 21)]
    whole = [text for text in full if len(text) == 28]
    # The first line of a paragraph has two characters less, its last line what is left.
    assert len(whole) >= 15
    assert max(len(text) for text in full) == 28


def test_the_text_fills_156_by_225_mm(lines: list[Line]) -> None:
    page = [line for line in body_of(lines, 2) if len(line.text) == 28]
    left, right = min(line.left for line in page), max(line.right for line in page)
    assert left == pytest.approx(28 * POINTS_PER_MM, abs=2)
    assert right == pytest.approx((28 + 156) * POINTS_PER_MM, abs=2)
    tops = [line.top for line in body_of(lines, 2)]
    pitch = (tops[-1] - tops[0]) / 21
    assert pitch == pytest.approx(28.95, abs=0.1)
    assert tops[0] >= 37 * POINTS_PER_MM - 2


def test_page_numbers_alternate(lines: list[Line]) -> None:
    numbers = {line.page: line for line in lines if "—" in line.text}
    assert re.fullmatch("—1—", numbers[1].text)
    assert numbers[1].left > 105 * POINTS_PER_MM
    assert numbers[2].right < 105 * POINTS_PER_MM
    # One blank of 四号 from the edge of the text.
    assert (28 + 156) * POINTS_PER_MM - numbers[1].right == pytest.approx(14, abs=4)
    assert numbers[2].left - 28 * POINTS_PER_MM == pytest.approx(14, abs=4)


def test_the_signature_never_stands_on_a_page_alone(tmp_path: Path) -> None:
    report = sample_report()
    # The signature's four lines do not fit below these paragraphs on the first page.
    filling = tuple(text("逐项登记，按月核对。") for _ in range(3))
    blocks = (*report.blocks[:-3], *filling, text(HAN + "。"), *report.blocks[-2:])
    write_docx(replace(report, blocks=blocks), tmp_path / "report.docx")
    convert_to_pdf(tmp_path / "report.docx", tmp_path / "report.pdf")
    printed = subprocess.run(["pdftotext", "-layout", str(tmp_path / "report.pdf"), "-"], capture_output=True, text=True, check=True).stdout
    last = printed.strip("\f").split("\f")[-1]
    assert "东原县房产服务中心" in last
    assert HAN[:10] in last


def test_saving_it_again_loses_and_changes_nothing(rendered: Path) -> None:
    resave_docx(rendered / "report.docx", rendered / "again.docx")
    before, after = read_docx(rendered / "report.docx"), read_docx(rendered / "again.docx")
    assert after.map == before.map
    assert after.map_intact
    assert after.map.sealed_here
    assert changes(after.map.paragraphs, after.paragraphs) == []
    for figure in sample_report().figures:
        assert after.text_of(figure.bookmark) == figure.shown


def test_a_program_that_hangs_is_stopped(rendered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 300 & wait\n")
    slow.chmod(0o755)
    monkeypatch.setenv("ANJU_SOFFICE", str(slow))
    started = time.monotonic()
    with pytest.raises(AnjuError, match=r"reports.office_slow"):
        convert_to_pdf(rendered / "report.docx", tmp_path / "never.pdf", time_limit_seconds=1)
    assert time.monotonic() - started < 30
    assert not (tmp_path / "never.pdf").exists()


def test_without_libreoffice_the_error_says_how_to_install_it(rendered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.delenv("ANJU_SOFFICE", raising=False)
    with pytest.raises(AnjuError, match=r"apt-get install libreoffice-writer-nogui"):
        convert_to_pdf(rendered / "report.docx", rendered / "never.pdf")

"""The handed-in DOCX comes back with native comments at the words they speak of, its own text untouched."""

import io

from docx import Document

from anju.kernel.reading.annotating import annotated
from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.inputs.opening import open_bytes
from anju.kernel.reading.reader import read

LINE = "全年受理投诉1024件，办结1003件，办结率98.95%。"


def made() -> bytes:
    document = Document()
    paragraph = document.add_paragraph(LINE[:9])
    paragraph.add_run(LINE[9:]).bold = True
    document.add_table(rows=1, cols=1).cell(0, 0).text = "依据东政发【2016】13号文件办理。"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_comments_hang_on_the_figures() -> None:
    content = made()
    findings = check(read(open_bytes(content, "a.docx").text))
    assert {finding.rule for finding in findings} >= {"ratio", "style_docnumber"}
    document = Document(io.BytesIO(annotated(content, "a.docx", findings)))
    assert document.paragraphs[0].text == LINE
    assert open_bytes(annotated(content, "a.docx", findings), "b.docx").text == open_bytes(content, "a.docx").text
    comments = list(document.comments)
    assert len(comments) == len(findings)
    assert any("98.95%" in comment.text for comment in comments)
    assert document.paragraphs[0].runs[-1].bold


def test_a_plain_text_becomes_a_document_with_comments() -> None:
    findings = check(read(LINE))
    document = Document(io.BytesIO(annotated(LINE.encode(), "a.txt", findings)))
    assert [paragraph.text for paragraph in document.paragraphs] == [LINE]
    assert len(list(document.comments)) == len(findings)

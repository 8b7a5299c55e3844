"""Every word of a DOCX is read once, in order, with the run it stands in."""

import io

from docx import Document

from anju.kernel.reading.inputs.opening import open_bytes
from anju.kernel.reading.reader import read


def written() -> bytes:
    document = Document()
    paragraph = document.add_paragraph("全县销售商品房")
    paragraph.add_run("25").bold = True
    paragraph.add_run("31套，面积35.52万㎡。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "新建公厕"
    table.cell(0, 1).text = "12座"
    document.add_paragraph("完。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_figure_parted_by_formatting_is_one() -> None:
    source = open_bytes(written(), "a.docx")
    reading = read(source.text)
    assert [figure.text for figure in reading.figures] == ["2531套", "35.52万㎡", "12座"]


def test_runs_cover_the_words_exactly() -> None:
    source = open_bytes(written(), "a.docx")
    assert source.text == "全县销售商品房2531套，面积35.52万㎡。\n新建公厕\t12座\n完。\n"
    assert [source.text[run.start : run.end] for run in source.runs][:3] == ["全县销售商品房", "25", "31套，面积35.52万㎡。"]
    assert [run.run for run in source.runs] == sorted(run.run for run in source.runs)


def test_gb18030_and_utf8_read_alike() -> None:
    text = "发放补贴9户，共计4470元。\r\n第二行"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert open_bytes(text.encode(encoding), "a.txt").text == text.replace("\r\n", "\n")


def test_a_pdf_with_text_is_read() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 720, "全县销售商品房2531套，建筑面积35.52万平")
    canvas.drawString(72, 700, "方米，同比上升5.1%。")
    canvas.drawString(290, 40, "- 1 -")
    canvas.showPage()
    canvas.save()
    source = open_bytes(out.getvalue(), "a.pdf")
    assert [figure.text for figure in read(source.text).figures] == ["2531套", "35.52万平方米", "5.1%"]

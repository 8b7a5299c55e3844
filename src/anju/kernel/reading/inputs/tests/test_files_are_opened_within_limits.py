"""Hostile and foreign files are refused with a clear error or read within limits, and never hang."""

import io
import zipfile

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.inputs.opening import open_bytes
from anju.kernel.reading.reader import read

_HEAD = '<?xml version="1.0"?>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(document: str, **others: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in others.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(AnjuError) as error:
        open_bytes(content, "报告.docx")
    assert error.value.problems[0].advice
    return error.value.problems[0].code


def test_a_zip_bomb_is_refused() -> None:
    bomb = package(f"{_HEAD}<w:document {_W}>" + " " * 45_000_000 + "</w:document>")
    assert len(bomb) < 100_000
    assert refused(bomb) == "reading.inflates"


def test_an_entity_bomb_is_refused() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "哈">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)) + "]>"
    text = f"{_HEAD}{entities}<w:document {_W}><w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>"
    assert refused(package(text)) == "reading.entities"


def test_macros_are_refused() -> None:
    text = f"{_HEAD}<w:document {_W}><w:body/></w:document>"
    assert refused(package(text, word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin")) == "reading.macros"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "reading.empty"),
        (b"   \n", "reading.empty"),
        (b"PK\x03\x04 broken", "reading.not_a_docx"),
        (b"\xd0\xcf\x11\xe0 old word", "reading.other_format"),
        (b"%PDF-1.7 nothing behind it", "reading.not_a_pdf"),
        (b"\x00\x01\x02\x03" * 100, "reading.not_text"),
    ],
)
def test_other_files_are_refused_by_what_they_are(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_deeply_nested_xml_is_refused() -> None:
    deep = f"{_HEAD}<w:document {_W}>" + "<w:a>" * 5000 + "</w:a>" * 5000 + "</w:document>"
    assert refused(package(deep)) == "reading.not_a_docx"


@pytest.mark.parametrize("sign", ["9", "（", "“", "一", "*", "3、", "第", "1:"])
def test_endless_runs_of_one_thing_are_read_and_checked(sign: str) -> None:
    text = sign * 100_000
    reading = read(text)
    assert len(reading.figures) <= 1 + len(text) // 2
    check(reading)


def test_a_text_of_nothing_but_figures_is_refused() -> None:
    with pytest.raises(AnjuError, match="超过20000个数字"):
        read("其中3个，" * 60_000)


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(AnjuError, match="2000000"):
        read("数" * 2_000_001)

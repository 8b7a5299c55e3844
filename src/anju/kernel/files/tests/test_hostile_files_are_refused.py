"""What must never be kept, each refused with its reason, leaving nothing behind."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.errors import AnjuError
from anju.kernel.files import contents
from anju.kernel.files.names import LONGEST, clean_name, ending_of
from anju.kernel.files.tests import samples
from anju.kernel.files.uses import EVIDENCE, MATERIAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
OFFICE = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
LINK = zipfile.ZipInfo("link.pdf")
LINK.external_attr = 0o120777 << 16


def _linked() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(LINK, "/etc/passwd")
    return written.getvalue()


def _encrypted() -> bytes:
    content = bytearray(samples.ZIP)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.index(mark) + place
        content[at : at + 2] = struct.pack("<H", 1)
    return bytes(content)


HOSTILE = {
    "empty": (b"", "签到表.pdf", "files.kind"),
    "program": (b"MZ\x90\x00" + bytes(100), "签到表.pdf", "files.dangerous"),
    "linux program": (b"\x7fELF" + bytes(100), "照片.jpg", "files.dangerous"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "照片.jpg", "files.dangerous"),
    "page": (b"<html><script>alert(1)</script></html>", "说明.pdf", "files.kind"),
    "drawing with script": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "图.png", "files.kind"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "名册.xlsx", "files.kind"),
    "wrong ending": (samples.photo(), "照片.png", "files.kind"),
    "ending nobody takes": (samples.PDF, "签到表.exe", "files.kind"),
    "no ending": (samples.PDF, "签到表", "files.kind"),
    "zip named docx": (samples.ZIP, "合同.docx", "files.kind"),
    "pdf with script": (samples.PDF + b"<</S/JavaScript/JS(app.alert(1))>>", "合同.pdf", "files.dangerous"),
    "pdf that starts programs": (samples.PDF + b"<</S/Launch/F(cmd.exe)>>", "合同.pdf", "files.dangerous"),
    "photo with a zip behind it": (samples.photo() + samples.ZIP, "照片.jpg", "files.dangerous"),
    "pdf with a zip behind it": (samples.PDF + samples.ZIP, "合同.pdf", "files.dangerous"),
    "macros": (samples.packed({**OFFICE, "word/vbaProject.bin": b"x"}), "合同.docx", "files.dangerous"),
    "macro types": (samples.packed({**OFFICE, "[Content_Types].xml": b"<T t='x.macroEnabled.main+xml'/>"}), "合同.docx", "files.dangerous"),
    "embedded object": (samples.packed({**OFFICE, "word/embeddings/oleObject1.bin": b"x"}), "合同.docx", "files.dangerous"),
    "program in a zip": (samples.packed({"材料/看我.exe": b"x"}), "材料.zip", "files.dangerous"),
    "disguised program in a zip": (samples.packed({"材料/看我.jpg": b"MZ\x90"}), "材料.zip", "files.dangerous"),
    "zip in a zip": (samples.packed({"里面.zip": samples.ZIP}), "材料.zip", "files.dangerous"),
    "path out of the archive": (samples.packed({"../../etc/cron.d/x": b"x"}), "材料.zip", "files.dangerous"),
    "absolute path": (samples.packed({"/etc/passwd": b"x"}), "材料.zip", "files.dangerous"),
    "backslash path": (samples.packed({"..\\..\\windows\\x": b"x"}), "材料.zip", "files.dangerous"),
    "link": (_linked(), "材料.zip", "files.dangerous"),
    "password": (_encrypted(), "材料.zip", "files.dangerous"),
    "too many entries": (samples.packed({f"{n}.txt": b"" for n in range(1001)}), "材料.zip", "files.size"),
    "cut off": (samples.ZIP[:-30], "材料.zip", "files.broken"),
    "cut off photo": (samples.photo(size=(3000, 2000))[:4000], "照片.jpg", "files.broken"),
    "photo with a broken body": (samples.photo("PNG")[:60] + bytes(40), "照片.png", "files.broken"),
    "thousand million pixels": (samples.vast_png(), "照片.png", "files.size"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_refused_and_leaves_nothing(case: str) -> None:
    content, name, code = HOSTILE[case]
    before = sorted(contents.subfolder("files").rglob("*"))
    with pytest.raises(AnjuError) as refused:
        contents.keep(io.BytesIO(content), name, kinds=MATERIAL.kinds, max_bytes=MATERIAL.max_bytes)
    problem = refused.value.problems[0]
    assert (problem.code, bool(problem.advice)) == (code, True)
    assert sorted(contents.subfolder("files").rglob("*")) == before


@pytest.mark.parametrize("make", [samples.bomb, samples.lying_bomb])
def test_a_bomb_is_counted_while_it_unpacks(make: object) -> None:
    content = make()  # type: ignore[operator]
    assert len(content) < 1_000_000
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(AnjuError, match=r"files\.(size|broken)"):
        contents.keep(io.BytesIO(content), "材料.zip", kinds=MATERIAL.kinds, max_bytes=MATERIAL.max_bytes)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert time.process_time() - begun < 20


def test_more_than_the_limit_is_not_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"%PDF-" + bytes(size - 5)

    upload = Endless()
    with pytest.raises(AnjuError, match=r"超过20MB.*files\.size"):
        contents.keep(upload, "合同.pdf", kinds=EVIDENCE.kinds, max_bytes=EVIDENCE.max_bytes)  # type: ignore[arg-type]
    assert upload.given <= EVIDENCE.max_bytes + 2 * contents.CHUNK


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\某人\\合同.pdf", "合同.pdf"),
        ("合同\u202efdp.exe", "合同fdp.exe"),
        ("合\n同\x00.pdf", "合同.pdf"),
        ("   .  ", "未命名"),
        ("", "未命名"),
        ("长" * 400 + ".pdf", "长" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_is_nothing_but_a_name(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@given(st.text(max_size=300))
def test_every_name_can_be_kept(name: str) -> None:
    kept = clean_name(name)
    assert 0 < len(kept) <= LONGEST
    assert not set(kept) & set("/\\\x00\n")
    assert clean_name(kept) == kept


@given(st.binary(max_size=400), st.sampled_from(["pdf", "jpg", "png", "heic", "ofd", "docx", "xlsx", "zip"]))
def test_whatever_comes_is_kept_or_refused_in_words(content: bytes, ending: str) -> None:
    beginnings = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "zip": b"PK\x03\x04"}
    for whole in (content, beginnings.get(ending, b"PK\x03\x04") + content):
        try:
            kept = contents.keep(io.BytesIO(whole), f"x.{ending}", kinds=MATERIAL.kinds, max_bytes=MATERIAL.max_bytes)
        except AnjuError:
            continue
        assert contents.read(kept.name) == whole


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 64 + ".pdf", "", "/etc/passwd", "a" * 64, "A" * 64 + ".pdf"])
def test_only_kept_contents_are_read(name: str) -> None:
    assert not contents.exists(name)
    with pytest.raises(AnjuError, match=r"files\.missing"):
        contents.read(name)


def test_endings() -> None:
    assert [ending_of(name) for name in ("a.JPEG", "a.b.Pdf", "a", ".heif")] == ["jpg", "pdf", "", "heic"]
